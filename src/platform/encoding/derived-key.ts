import { fromBase64url } from './base64url.ts'

const derived = new Map<string, Promise<CryptoKey>>()

/** A key for HMAC-SHA-256 from a secret of the deployment (32 bytes, base64url), by HKDF: each purpose has its own and none betrays the secret. */
export function hmacKey(secret: string, purpose: string): Promise<CryptoKey> {
  const name = `${purpose} ${secret}`
  const known = derived.get(name)
  if (known) return known
  const made = derive(secret, purpose)
  derived.set(name, made)
  return made
}

async function derive(secret: string, purpose: string): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', fromBase64url(secret), 'HKDF', false, ['deriveKey'])
  const info = new TextEncoder().encode(purpose)
  const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info }
  return crypto.subtle.deriveKey(how, base, { name: 'HMAC', hash: 'SHA-256', length: 256 }, true, ['sign', 'verify'])
}
