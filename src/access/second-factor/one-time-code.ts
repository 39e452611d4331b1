const stepSeconds = 30
/** Steps before and after the present one whose codes are taken as well, for clocks that are a little off. */
const tolerance = [0, -1, 1]

interface Form {
  digits?: number
  hash?: 'SHA-1' | 'SHA-256' | 'SHA-512'
}

/** The code of a time step: RFC 6238 (TOTP) over RFC 4226 section 5.3 (truncation). */
export async function codeOf(
  secret: Uint8Array<ArrayBuffer>,
  step: number,
  { digits = 6, hash = 'SHA-1' }: Form = {},
): Promise<string> {
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash }, false, ['sign'])
  const counter = new DataView(new ArrayBuffer(8))
  counter.setBigUint64(0, BigInt(step))
  const mac = new DataView(await crypto.subtle.sign('HMAC', key, counter.buffer))
  const offset = mac.getUint8(mac.byteLength - 1) & 0xf
  const number = mac.getUint32(offset) & 0x7fffffff
  return String(number % 10 ** digits).padStart(digits, '0')
}

/** The 30-second step of an instant, counted from 1970. */
export const stepOf = (now: string): number => Math.floor(Date.parse(now) / 1000 / stepSeconds)

/** The step whose code this is, the present one or a neighbour; undefined for any other code. Compares in constant time. */
export async function stepOfCode(
  secret: Uint8Array<ArrayBuffer>,
  code: string,
  now: string,
): Promise<number | undefined> {
  const given = new TextEncoder().encode(code)
  let found: number | undefined
  for (const distance of tolerance) {
    const step = stepOf(now) + distance
    const expected = new TextEncoder().encode(await codeOf(secret, step))
    const isSame = given.length === expected.length && crypto.subtle.timingSafeEqual(given, expected)
    if (isSame) found ??= step
  }
  return found
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** RFC 4648 Base32 without padding, as authenticators read it. */
export function base32(bytes: Uint8Array): string {
  let bits = 0
  let held = 0
  let text = ''
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += alphabet[(held >> bits) & 31]
    }
  }
  return bits > 0 ? text + alphabet[(held << (5 - bits)) & 31] : text
}
