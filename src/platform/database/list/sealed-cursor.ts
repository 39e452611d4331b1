import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto'
import { fromBase64url, toBase64url } from '#/platform/encoding/base64url.ts'
import type { Settings } from '#/platform/env.ts'

/**
 * Text that only Lyceum reads, as a cursor: base64url of the number of its key, nonce, ciphertext and tag (AES-256-GCM). The nonce is an HMAC of
 * the text (as in RFC 8452, misuse-resistant): the same text is always sealed alike, another text never under the same nonce.
 * It is done synchronously, as each page of a list has one.
 */
export const sealedCursor = {
  close(settings: Settings, text: string): string {
    const { name, sealing, naming } = ringOf(settings)[0]!
    const nonce = createHmac('sha256', naming).update(text).digest().subarray(0, nonceBytes)
    const cipher = createCipheriv('aes-256-gcm', sealing, nonce)
    return toBase64url(Buffer.concat([name, nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]))
  },

  /** Undefined for whatever no key of the ring sealed. */
  open(settings: Settings, sealed: string): string | undefined {
    const bytes = bytesOf(sealed)
    if (!bytes || bytes.length < nameBytes + nonceBytes + tagBytes) return undefined
    const key = ringOf(settings).find(({ name }) => name.equals(bytes.subarray(0, nameBytes)))
    if (!key) return undefined
    const nonce = bytes.subarray(nameBytes, nameBytes + nonceBytes)
    const decipher = createDecipheriv('aes-256-gcm', key.sealing, nonce)
    decipher.setAuthTag(bytes.subarray(-tagBytes))
    try {
      const text = decipher.update(bytes.subarray(nameBytes + nonceBytes, -tagBytes))
      return Buffer.concat([text, decipher.final()]).toString('utf8')
    } catch {
      // It was tampered with, or sealed elsewhere under a key of the same name.
      return undefined
    }
  },
}

const nameBytes = 4
const nonceBytes = 12
const tagBytes = 16

interface Key {
  name: Buffer
  sealing: Buffer
  naming: Buffer
}

const rings = new WeakMap<Settings, Key[]>()

/** Keys of their own, derived from those that guard accounts: rotating these ends cursors, which begin again with the first page. */
function ringOf(settings: Settings): Key[] {
  const known = rings.get(settings)
  if (known) return known
  const ring = settings.ACCOUNT_KEYS.map(({ kid, k }) => {
    const derived = (use: string, length: number) =>
      Buffer.from(hkdfSync('sha256', fromBase64url(k), new Uint8Array(), `lyceum cursor ${use}`, length))
    return {
      name: createHmac('sha256', 'lyceum cursor').update(kid).digest().subarray(0, nameBytes),
      sealing: derived('seal', 32),
      naming: derived('nonce', 32),
    }
  })
  rings.set(settings, ring)
  return ring
}

function bytesOf(text: string): Buffer | undefined {
  try {
    return Buffer.from(fromBase64url(text))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined
    throw error
  }
}
