import { fromBase64url, toBase64url } from '#/platform/encoding/base64url.ts'

/**
 * The text in the QR code: issue id (16 bytes), expiry (4 bytes, seconds), digest of what is certified (32 bytes) and an
 * HMAC-SHA-256 over them, cut to 16 bytes; base64url, 91 characters. Short, because every character makes the QR code finer.
 */
export interface Claims {
  issueId: string
  /** UTC ISO 8601, whole seconds. */
  expiresAt: string
  /** Hex. */
  digest: string
}

/** What a token is good for. The purpose is signed with it, so that a token for the one is none for the other. */
type Purpose = 'verification' | 'file'

/** Stands before what is signed. Codes were printed before there was another purpose, so that theirs has nothing. */
const prefixOf: Record<Purpose, string> = { verification: '', file: 'file:' }

const [idLength, expiryLength, digestLength, macLength] = [16, 4, 32, 16]
const signedLength = idLength + expiryLength + digestLength

/** An instant as a token carries it: UTC ISO 8601, without a fraction of a second. */
export const wholeSeconds = (epochMs: number) => new Date(Math.floor(epochMs / 1000) * 1000).toISOString()

export async function signToken(
  key: string,
  { issueId, expiresAt, digest }: Claims,
  purpose: Purpose = 'verification',
): Promise<string> {
  const signed = new Uint8Array(signedLength)
  signed.set(fromBase64url(issueId))
  new DataView(signed.buffer).setUint32(idLength, Math.floor(Date.parse(expiresAt) / 1000))
  signed.set(Uint8Array.fromHex(digest), idLength + expiryLength)
  const token = new Uint8Array([...signed, ...(await macOf(key, signed, purpose))])
  return toBase64url(token)
}

/** What the token says; undefined when it was not signed by us for this purpose, or was changed since. */
export async function readToken(
  key: string,
  token: string,
  purpose: Purpose = 'verification',
): Promise<Claims | undefined> {
  const bytes = decoded(token)
  if (bytes?.length !== signedLength + macLength) return undefined
  if (toBase64url(bytes) !== token) return undefined
  const signed = bytes.slice(0, signedLength)
  const genuine = crypto.subtle.timingSafeEqual(await macOf(key, signed, purpose), bytes.slice(signedLength))
  if (!genuine) return undefined
  return {
    issueId: toBase64url(signed.slice(0, idLength)),
    expiresAt: wholeSeconds(new DataView(signed.buffer).getUint32(idLength) * 1000),
    digest: signed.slice(idLength + expiryLength).toHex(),
  }
}

function decoded(token: string): Uint8Array | undefined {
  try {
    return fromBase64url(token)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

async function macOf(key: string, signed: Uint8Array<ArrayBuffer>, purpose: Purpose): Promise<Uint8Array> {
  const raw = fromBase64url(key)
  const bytes = new Uint8Array([...new TextEncoder().encode(prefixOf[purpose]), ...signed])
  const hmac = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', hmac, bytes)).slice(0, macLength)
}
