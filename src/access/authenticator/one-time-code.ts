import { createHmac } from 'node:crypto'
import { Secret, TOTP } from 'otpauth/bare'

interface Form {
  issuer?: string
  label?: string
  digits?: number
  algorithm?: 'SHA1' | 'SHA256' | 'SHA512'
}

/** What an authenticator with this secret does: RFC 6238, six digits every 30 seconds. The HMAC is the platform's own. */
export const authenticator = (secret: Uint8Array, form: Form = {}) =>
  new TOTP({
    ...form,
    secret: new Secret({ buffer: Uint8Array.from(secret).buffer }),
    hmac: (algorithm, key, message) => createHmac(algorithm, key).update(message).digest(),
  })

/** The 30-second step of an instant, counted from 1970. */
export const stepOf = (now: string): number => TOTP.counter({ timestamp: Date.parse(now) })

/** The step whose code this is, the present one or a neighbour, for clocks that are a little off; undefined for any other code. */
export function stepOfCode(secret: Uint8Array, code: string, now: string): number | undefined {
  const distance = authenticator(secret).validate({ token: code, timestamp: Date.parse(now), window: 1 })
  return distance === null ? undefined : stepOf(now) + distance
}

/** RFC 4648 Base32 without padding, as authenticators read it. */
export const base32 = (bytes: Uint8Array): string => new Secret({ buffer: Uint8Array.from(bytes).buffer }).base32
