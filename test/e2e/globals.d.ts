import type { webcrypto } from 'node:crypto'

/** Names of types that the code shared with the Worker takes for granted and Node's own types lack. */
declare global {
  type BufferSource = webcrypto.BufferSource
  type CryptoKey = webcrypto.CryptoKey
}
