import { fromBase64url, toBase64url } from '#/platform/encoding/base64url.ts'
import { hmacKey, sealingKey } from '#/platform/encoding/derived-key.ts'
import type { Settings } from '#/platform/env.ts'

/**
 * Text that only Lyceum reads, as a cursor: base64url of nonce, ciphertext and tag (AES-256-GCM). The nonce is an HMAC of the text (as in
 * RFC 8452, misuse-resistant): the same text is always sealed alike, another text never under the same nonce. The keys are derived from those
 * that guard accounts: a cursor whose key has left the ring is none, and its list begins again with the first page.
 */
export const sealedCursor = {
  async close({ ACCOUNT_KEYS: [current] }: Settings, text: string): Promise<string> {
    const bytes = new TextEncoder().encode(text)
    const [naming, sealing] = await Promise.all([hmacKey(current!.k, 'cursor nonce'), keyFrom(current!.k)])
    const iv = new Uint8Array(await crypto.subtle.sign('HMAC', naming, bytes)).subarray(0, nonceBytes)
    const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, sealing, bytes))
    const whole = new Uint8Array(nonceBytes + sealed.length)
    whole.set(iv)
    whole.set(sealed, nonceBytes)
    return toBase64url(whole)
  },

  /** Undefined for whatever no key of the ring sealed. */
  async open({ ACCOUNT_KEYS }: Settings, sealed: string): Promise<string | undefined> {
    const bytes = bytesOf(sealed)
    if (!bytes || bytes.length < nonceBytes + tagBytes) return undefined
    for (const { k } of ACCOUNT_KEYS) {
      const text = await openedBy(await keyFrom(k), bytes)
      if (text !== undefined) return text
    }
    return undefined
  },
}

const nonceBytes = 12
const tagBytes = 16

const keyFrom = (secret: string) => sealingKey(secret, 'cursor')

async function openedBy(key: CryptoKey, bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  const algorithm = { name: 'AES-GCM', iv: bytes.subarray(0, nonceBytes) }
  try {
    return new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, key, bytes.subarray(nonceBytes)))
  } catch {
    // It was tampered with, or another key sealed it.
    return undefined
  }
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return fromBase64url(text)
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined
    throw error
  }
}
