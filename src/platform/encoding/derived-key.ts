import { fromBase64url } from './base64url.ts'

const derived = new Map<string, Promise<CryptoKey>>()

/** A key for HMAC-SHA-256 from a secret of the deployment (32 bytes, base64url), by HKDF: each purpose has its own and none betrays the secret. */
export const hmacKey = (secret: string, purpose: string): Promise<CryptoKey> =>
  remembered(secret, purpose, { name: 'HMAC', hash: 'SHA-256', length: 256 }, ['sign', 'verify'])

/** The same for AES-256-GCM. */
export const sealingKey = (secret: string, purpose: string): Promise<CryptoKey> =>
  remembered(secret, purpose, { name: 'AES-GCM', length: 256 }, ['encrypt', 'decrypt'])

type Algorithm = { name: string; hash?: string; length: number }

function remembered(secret: string, purpose: string, algorithm: Algorithm, uses: string[]): Promise<CryptoKey> {
  const name = `${algorithm.name} ${purpose} ${secret}`
  const known = derived.get(name)
  if (known) return known
  const made = derive(secret, purpose, algorithm, uses)
  derived.set(name, made)
  return made
}

async function derive(secret: string, purpose: string, algorithm: Algorithm, uses: string[]): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', fromBase64url(secret), 'HKDF', false, ['deriveKey'])
  const info = new TextEncoder().encode(purpose)
  const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info }
  return crypto.subtle.deriveKey(how, base, algorithm, true, uses)
}
