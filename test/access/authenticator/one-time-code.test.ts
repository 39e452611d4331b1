import { describe, expect, test } from 'vitest'
import { authenticator, base32, stepOf, stepOfCode } from '#/access/authenticator/one-time-code.ts'

const codeOf = (secret: Uint8Array, step: number) => authenticator(secret).generate({ timestamp: step * 30_000 })

const ascii = (text: string) => new Uint8Array(new TextEncoder().encode(text))

describe('RFC 6238, appendix B', () => {
  const seed = '1234567890'
  const secrets = {
    SHA1: ascii(seed.repeat(2)),
    SHA256: ascii(seed.repeat(4).slice(0, 32)),
    SHA512: ascii(seed.repeat(7).slice(0, 64)),
  }

  test.each([
    ['1970-01-01T00:00:59Z', '94287082', '46119246', '90693936'],
    ['2005-03-18T01:58:29Z', '07081804', '68084774', '25091201'],
    ['2005-03-18T01:58:31Z', '14050471', '67062674', '99943326'],
    ['2009-02-13T23:31:30Z', '89005924', '91819424', '93441116'],
    ['2033-05-18T03:33:20Z', '69279037', '90698825', '38618901'],
    ['2603-10-11T11:33:20Z', '65353130', '77737706', '47863826'],
  ])('at %s', (at, sha1, sha256, sha512) => {
    const codes = (['SHA1', 'SHA256', 'SHA512'] as const).map((algorithm) =>
      authenticator(secrets[algorithm], { digits: 8, algorithm }).generate({ timestamp: Date.parse(at) }),
    )
    expect(codes).toEqual([sha1, sha256, sha512])
  })
})

describe('RFC 4648, section 10', () => {
  test.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('%j is %j', (text, expected) => {
    expect(base32(ascii(text))).toBe(expected)
  })
})

describe('a code', () => {
  const secret = ascii('12345678901234567890')
  const now = '2026-11-20T09:00:00.000Z'
  const step = stepOf(now)

  test('is taken one step early and one step late, and no further', () => {
    const distances = [-2, -1, 0, 1, 2]
    const found = distances.map((distance) => stepOfCode(secret, codeOf(secret, step + distance), now))
    expect(found).toEqual([undefined, step - 1, step, step + 1, undefined])
  })

  test('has six digits, also when it begins with zeros', () => {
    const codes = Array.from({ length: 300 }, (_, i) => codeOf(secret, i))
    expect(codes.filter((code) => !/^\d{6}$/.test(code))).toEqual([])
    expect(codes.some((code) => code.startsWith('0'))).toBe(true)
  })

  test.each(['', '00000', '0000000', 'abcdef', '１２３４５６'])('is not %j', (code) => {
    expect(stepOfCode(secret, code, now)).toBeUndefined()
  })
})
