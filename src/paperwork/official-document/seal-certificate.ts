import { X509Certificate } from 'node:crypto'
import type { Context } from '#/platform/context.ts'
import type { Settings } from '#/platform/env.ts'
import { log } from '#/platform/log.ts'

/** So long before its end a new certificate is to be asked for: an authority may take weeks. */
const noticeMs = 30 * 24 * 60 * 60 * 1000

/** When the certificate of the key that signs now ends, or the first of those that it rests on; epoch ms. */
export const sealEnds = ({ SEAL_KEYS: [{ x5c }] }: Pick<Settings, 'SEAL_KEYS'>): number => Math.min(...x5c.map(endOf))

/** One that cannot be read has ended: whoever looks at a signature cannot read it either. */
function endOf(certificate: string): number {
  try {
    return Date.parse(new X509Certificate(Uint8Array.fromBase64(certificate)).validTo)
  } catch {
    return 0
  }
}

/** The nightly look at that certificate: a line in the log from thirty days before its end. Returns 1, as there is one. */
export async function checkSealCertificate({ settings, now }: Pick<Context, 'settings' | 'now'>): Promise<number> {
  const ends = sealEnds(settings)
  const left = ends - Date.parse(now)
  const { kid } = settings.SEAL_KEYS[0]
  const days = Math.floor(left / (24 * 60 * 60 * 1000))
  if (left < noticeMs) log('warn', 'seal_certificate_ends', { kid, ends_at: new Date(ends).toISOString(), days })
  return 1
}
