import type { Signer } from '@libpdf/core'
import { loadLibrary } from '#/engines/typeface/index.ts'
import type { Settings } from '#/platform/env.ts'
import type { SealKey } from '#/platform/settings/seal-keys.ts'

/** The name of the key that signs what is issued now. */
export const currentSeal = ({ SEAL_KEYS }: Settings): string => SEAL_KEYS[0].kid

/**
 * Who signs the file of an issue: the key that has signed it, as long as that is in the ring, else the current one. Null for an issue from
 * before files were signed: its file stays as it was.
 */
export async function signerOf({ SEAL_KEYS }: Settings, kid: string | null): Promise<Signer | null> {
  if (kid === null) return null
  const key = SEAL_KEYS.find((one) => one.kid === kid) ?? SEAL_KEYS[0]
  const signer = signers.get(key) ?? (await imported(key))
  signers.set(key, signer)
  return signer
}

/** Kept for the life of the isolate: to import a key takes as long as to sign with it. No request waits for what another one has begun. */
const signers = new WeakMap<SealKey, Signer>()

async function imported({ key, x5c: [own, ...chain] }: SealKey): Promise<Signer> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  const privateKey = await crypto.subtle.importKey('pkcs8', Uint8Array.fromBase64(key), algorithm, false, ['sign'])
  const [certificate, ...others] = [own, ...chain].map((one) => Uint8Array.fromBase64(one))
  const { CryptoKeySigner } = await loadLibrary()
  return new CryptoKeySigner(privateKey, certificate!, 'RSA', 'RSASSA-PKCS1-v1_5', others)
}
