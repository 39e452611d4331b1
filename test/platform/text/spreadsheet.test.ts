import fc from 'fast-check'
import { expect, test } from 'vitest'
import { harmlessCell, textOfCell } from '#/platform/text/spreadsheet.ts'

test.each([
  '=1+1',
  '+1+1',
  '-cmd',
  '@SUM(A1)',
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM(A1)',
  '﹢1',
  '\u200B=1+1',
  '\uFEFF@SUM(A1)',
  '\u00AD-1+1',
  '\u202E=1',
  '\u3164=1',
  ' =1+1',
  '\u3000＝1',
  '\u0000=1',
  '\u034F=1+1',
  '\uFE0F=1+1',
  '\u17B5=1+1',
  '\u2800=1+1',
  '\u{E0101}@SUM(A1)',
  '\u2065-cmd',
  '\u0301=1',
  '\uE000=1',
  "'\u2800\u034F \uFE0F+1",
  '\t=1',
  '\r',
  "'=1",
  "''\u200B=1",
])('%j is no formula in a cell', (text) => {
  expect(harmlessCell(text)).toBe(`'${text}`)
})

test.each(['-5', '+30', '-5.25', 'a=b', '\u200Ba', "'tis", 'Α-Ω', '٢=٢', ''])('%j stays as it is', (text) => {
  expect(harmlessCell(text)).toBe(text)
})

test('a formula behind anything that nobody sees is none in a cell', () => {
  const isUnseen = /^[\p{Default_Ignorable_Code_Point}\p{White_Space}\p{Cf}\p{Cc}\u2800]$/u
  const all = Array.from({ length: 0x110000 }, (_, code) => code)
    .filter((code) => code < 0xd800 || code > 0xdfff)
    .map((code) => String.fromCodePoint(code))
    .filter((one) => isUnseen.test(one))
  expect(all.length).toBeGreaterThan(4000)
  expect(all.filter((one) => harmlessCell(`${one}=1`) !== `'${one}=1`)).toEqual([])
})

test('every text comes back from its cell', () => {
  const unit = fc.oneof(
    fc.constantFrom("'", '=', '-', '＝', '\u200B', ' ', '\t', '1', 'a'),
    fc.string({ unit: 'binary', maxLength: 1 }),
  )
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(textOfCell(harmlessCell(text))).toBe(text)
    }),
    { numRuns: 300 },
  )
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 6 }), (parts) => {
      const text = parts.join('')
      expect(textOfCell(harmlessCell(text))).toBe(text)
    }),
    { numRuns: 2000 },
  )
})
