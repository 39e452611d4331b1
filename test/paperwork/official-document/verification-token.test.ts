import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Claims, readToken, signToken } from '#/paperwork/official-document/verification-token.ts'

const key = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8'
const otherKey = 'AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8'
const unpadded = { alphabet: 'base64url', omitPadding: true } as const

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const claims: fc.Arbitrary<Claims> = fc.record({
  issueId: bytes(16).map((id) => id.toBase64(unpadded)),
  expiresAt: fc.nat(0xffffffff).map((seconds) => new Date(seconds * 1000).toISOString()),
  digest: bytes(32).map((digest) => digest.toHex()),
})

const holds = <T>(drawn: fc.Arbitrary<T>, law: (value: T) => Promise<void>) =>
  fc.assert(fc.asyncProperty(drawn, law), { numRuns: 100 })

describe('a verification token', () => {
  test('says what was signed', () =>
    holds(claims, async (given) => {
      expect(await readToken(key, await signToken(key, given))).toEqual(given)
    }))

  test('is 91 characters that any address takes', () =>
    holds(claims, async (given) => {
      expect(await signToken(key, given)).toMatch(/^[\w-]{91}$/)
    }))

  test('is refused when any byte of it was changed', () =>
    holds(fc.tuple(claims, fc.nat(67), fc.integer({ min: 1, max: 255 })), async ([given, place, change]) => {
      const token = Uint8Array.fromBase64(await signToken(key, given), { alphabet: 'base64url' })
      token[place]! ^= change
      expect(await readToken(key, token.toBase64(unpadded))).toBeUndefined()
    }))

  test('has one spelling only', async () => {
    const [given] = fc.sample(claims, 1)
    const token = await signToken(key, given!)
    const last = alphabet.indexOf(token.at(-1)!)
    // The last character carries four bits; its other two decode to nothing.
    const sameBytes = [1, 2, 3].map((bits) => token.slice(0, -1) + alphabet[last ^ bits])
    for (const spelling of [...sameBytes, ` ${token}`, `${token}\n`, `${token}=`])
      expect([spelling, await readToken(key, spelling)]).toEqual([spelling, undefined])
  })

  test('is refused under another key', () =>
    holds(claims, async (given) => {
      expect(await readToken(otherKey, await signToken(key, given))).toBeUndefined()
    }))

  test('is refused when it is cut or longer', () =>
    holds(fc.tuple(claims, fc.integer({ min: 1, max: 90 })), async ([given, cut]) => {
      const token = await signToken(key, given)
      expect(await readToken(key, token.slice(0, -cut))).toBeUndefined()
      expect(await readToken(key, token + token.slice(0, cut))).toBeUndefined()
    }))

  test('is not any other text', () =>
    holds(fc.string({ unit: 'binary', maxLength: 200 }), async (text) => {
      expect(await readToken(key, text)).toBeUndefined()
    }))

  test('of one purpose is none of the other', () =>
    holds(claims, async (given) => {
      expect(await readToken(key, await signToken(key, given, 'file'), 'file')).toEqual(given)
      expect(await readToken(key, await signToken(key, given, 'file'))).toBeUndefined()
      expect(await readToken(key, await signToken(key, given), 'file')).toBeUndefined()
    }))

  test('as it was printed before there were two purposes is read', async () => {
    const printed = 'AAECAwQFBgcICQoLDA0OD3Db2ICrq6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq_r7q--nQhHlsHlSltWcohQ'
    const said = { issueId: 'AAECAwQFBgcICQoLDA0ODw', expiresAt: '2030-01-01T00:00:00.000Z', digest: 'ab'.repeat(32) }
    expect(await readToken(key, printed)).toEqual(said)
    expect(await signToken(key, said)).toBe(printed)
  })
})
