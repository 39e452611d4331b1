import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import { fromBase64url, toBase64url } from '#/platform/encoding/base64url.ts'
import type { Settings } from '#/platform/env.ts'

/**
 * The key of one row for one person. Its parts are numbers below 2^48, and so are those of a salt: what rests is their sum. The writer makes
 * the key without knowing the salt, which the database adds in the batch that writes the row; without the salt the sum tells nothing.
 */
export type Parts = readonly number[]

const partCount = 4
const partBytes = 6
const modulus = 2 ** (8 * partBytes)

/** At random. */
export function newParts(): Parts {
  const bytes = randomBytes(partCount * partBytes)
  return Array.from({ length: partCount }, (_, i) => bytes.readUIntBE(i * partBytes, partBytes))
}

/** SQL: the sums of parts and salt, a JSON array; of nulls where there is no salt. */
export const shiftedBy = (salt: SQL, parts: readonly SQL[]): SQL =>
  sql`json_array(${sql.join(
    parts.map((part, i) => sql`(${part} + (${salt} ->> ${sql.raw(String(i))})) % ${sql.raw(String(modulus))}`),
    sql`, `,
  )})`

/** The same for who knows the salt. */
export const shifted = (parts: Parts, salt: Parts): Parts => parts.map((part, i) => (part + salt[i]!) % modulus)

/** The parts behind what rests; undefined without the salt. */
export function partsBehind(shift: readonly (number | null)[], salt: Parts | null | undefined): Parts | undefined {
  if (!salt || shift.length !== partCount || shift.some((one) => one === null)) return undefined
  return shift.map((sum, i) => (sum! - salt[i]! + modulus) % modulus)
}

const lengths = { nonce: 12, tag: 16, key: 32 }
const cipher = 'aes-256-gcm'

/** Encrypts what a row tells of a person. `place` binds it to its row. */
export function encrypt({ AUDIT_KEYS }: Settings, parts: Parts, place: string, value: unknown) {
  const [{ kid, k }] = AUDIT_KEYS
  const nonce = randomBytes(lengths.nonce)
  const one = createCipheriv(cipher, keyOf(k, parts), nonce).setAAD(Buffer.from(place))
  const text = Buffer.concat([nonce, one.update(JSON.stringify(value), 'utf8'), one.final(), one.getAuthTag()])
  return { kid, text: toBase64url(text) }
}

/** What was encrypted; undefined when the key is not in the ring, or it is not what was written. */
export function decrypt({ AUDIT_KEYS }: Settings, parts: Parts, place: string, kid: string, text: string): unknown {
  const key = AUDIT_KEYS.find((one) => one.kid === kid)
  if (!key) return undefined
  try {
    const bytes = Buffer.from(fromBase64url(text))
    const end = bytes.length - lengths.tag
    const one = createDecipheriv(cipher, keyOf(key.k, parts), bytes.subarray(0, lengths.nonce))
    one.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(end))
    const clear = Buffer.concat([one.update(bytes.subarray(lengths.nonce, end)), one.final()])
    return JSON.parse(clear.toString('utf8')) as unknown
  } catch {
    return undefined
  }
}

/** HKDF of a key of the ring and the parts. */
function keyOf(ringKey: string, parts: Parts): Buffer {
  const salt = Buffer.alloc(partCount * partBytes)
  for (const [i, part] of parts.entries()) salt.writeUIntBE(part, i * partBytes, partBytes)
  return Buffer.from(hkdfSync('sha256', fromBase64url(ringKey), salt, 'lyceum audit row', lengths.key))
}
