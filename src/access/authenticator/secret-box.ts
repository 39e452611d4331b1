import { compactDecrypt, CompactEncrypt, decodeProtectedHeader } from 'jose'
import { fromBase64url } from '#/platform/encoding/base64url.ts'
import type { Settings } from '#/platform/env.ts'

/** Secrets of accounts as they rest: a JWE (RFC 7516) by the first of ACCOUNT_KEYS. It opens for its account alone. */
export const secretBox = { close, open, isCurrent }

async function close(settings: Settings, userId: number, secret: Uint8Array): Promise<string> {
  const [{ kid, k }] = settings.ACCOUNT_KEYS
  return new CompactEncrypt(secret)
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid, sub: subjectOf(userId) })
    .encrypt(fromBase64url(k))
}

/** Throws when the key is gone from the ring, the text was tampered with or the secret is that of another account. */
async function open(settings: Settings, userId: number, closed: string): Promise<Uint8Array> {
  if (!isJwe(closed)) return openEarlier(settings, userId, closed)
  const { plaintext, protectedHeader } = await compactDecrypt(closed, ({ kid }) => keyOf(settings, kid), {
    keyManagementAlgorithms: ['dir'],
    contentEncryptionAlgorithms: ['A256GCM'],
  })
  if (protectedHeader.sub !== subjectOf(userId)) throw new Error('the secret of another account')
  return plaintext
}

/** Whether a secret rests in the present form, under the key that encrypts now. */
function isCurrent({ ACCOUNT_KEYS: [first] }: Settings, closed: string): boolean {
  return isJwe(closed) && decodeProtectedHeader(closed).kid === first.kid
}

/** The form of before: `kid.nonce.ciphertext`. */
async function openEarlier(settings: Settings, userId: number, closed: string): Promise<Uint8Array> {
  const [kid, nonce = '', text = ''] = closed.split('.')
  const key = await crypto.subtle.importKey('raw', keyOf(settings, kid), 'AES-GCM', false, ['decrypt'])
  const additionalData = new TextEncoder().encode(subjectOf(userId))
  const algorithm = { name: 'AES-GCM', iv: fromBase64url(nonce), additionalData }
  return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, fromBase64url(text)))
}

const isJwe = (closed: string) => closed.split('.').length === 5

const subjectOf = (userId: number) => `totp of account ${userId}`

function keyOf(settings: Settings, kid: string | undefined): Uint8Array<ArrayBuffer> {
  const key = settings.ACCOUNT_KEYS.find((one) => one.kid === kid)
  if (!key) throw new Error(`no key ${kid} in ACCOUNT_KEYS`)
  return fromBase64url(key.k)
}
