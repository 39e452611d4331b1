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
