import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alikeKey, identifierKey, identifierText } from '#/platform/text/identifier.ts'
import figures from '../../exact-figures.json'

describe('the key of an identifier', () => {
  test.each(figures.identifier_keys)('$typed is $key', ({ typed, key }) => {
    expect(identifierKey(typed)).toBe(key)
  })

  test.each([
    ['small letters', 'mk-07', 'MK-07'],
    ['Greek letters', 'ΜΚ-07', 'MK-07'],
    ['small Greek letters', 'μκ-07', 'MK-07'],
    ['Cyrillic letters', 'МК-07', 'MK-07'],
    ['letters of full width', 'ＭＫ-０７', 'MK-07'],
    ['what nobody sees', 'M\u200BK\u00AD-07\uFEFF', 'MK-07'],
    ['every Greek capital with a Latin look', 'ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ABEZHIKMNOPTYX'],
    ['every Cyrillic one', 'АВЕЅІЈКМНОРСТУХ', 'ABESIJKMHOPCTYX'],
    ['letters apart from their accents', 'E\u0301', 'É'],
  ])('is the same for %s', (_, typed, key) => {
    expect(identifierKey(typed)).toBe(key)
  })

  test.each([
    ['letters that look like no Latin one', 'ΔΛΩ-1', 'DLO-1'],
    ['0 and O', 'K0', 'KO'],
    ['1 and I', 'K1', 'KI'],
    ['leading zeros', '0042', '42'],
    ['hyphens and none', 'K-1', 'K1'],
  ])('tells apart %s', (_, one, other) => {
    expect(identifierKey(one)).not.toBe(identifierKey(other))
  })

  test('is the key of itself, however a text is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 12 }), (text) => {
        const kept = identifierText(text)
        expect(identifierText(kept)).toBe(kept)
        expect(identifierKey(kept)).toBe(identifierKey(text))
      }),
    )
  })
})

test.each([
  ['K0-1', 'KO-1'],
  ['0042', '42'],
  ['O42', '42'],
  ['000', 'O'],
])('%s and %s are alike', (one, other) => {
  expect(alikeKey(identifierKey(one))).toBe(alikeKey(identifierKey(other)))
})
