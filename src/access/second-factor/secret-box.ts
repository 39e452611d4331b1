import { fromBase64url, toBase64url } from '#/platform/base64url.ts'
import type { Settings } from '#/platform/env.ts'

/** Encrypts a secret of an account (AES-256-GCM by the first of ACCOUNT_KEYS): `kid.nonce.ciphertext`. It opens for this account alone. */
export async function seal(settings: Settings, userId: number, secret: Uint8Array<ArrayBuffer>): Promise<string> {
  const [{ kid, k }] = settings.ACCOUNT_KEYS
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const sealed = await crypto.subtle.encrypt(algorithm(nonce, userId), await keyFrom(k), secret)
  return [kid, toBase64url(nonce), toBase64url(new Uint8Array(sealed))].join('.')
}

/** Throws when the key is gone from the ring or the text was tampered with. */
export async function open(settings: Settings, userId: number, sealed: string): Promise<Uint8Array<ArrayBuffer>> {
  const [kid, nonce, text] = sealed.split('.')
  const key = settings.ACCOUNT_KEYS.find((one) => one.kid === kid)
  if (!key || !nonce || !text) throw new Error(`no key ${kid} in ACCOUNT_KEYS`)
  const secret = await crypto.subtle.decrypt(
    algorithm(fromBase64url(nonce), userId),
    await keyFrom(key.k),
    fromBase64url(text),
  )
  return new Uint8Array(secret)
}

const algorithm = (iv: Uint8Array<ArrayBuffer>, userId: number) => ({
  name: 'AES-GCM',
  iv,
  additionalData: new TextEncoder().encode(`totp of account ${userId}`),
})

const keyFrom = (k: string) =>
  crypto.subtle.importKey('raw', fromBase64url(k), 'AES-GCM', false, ['encrypt', 'decrypt'])
