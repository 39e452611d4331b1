import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { name } from '#/platform/fields.ts'
import { fullName, personName } from '#/platform/text/person-name.ts'

describe('a joiner', () => {
  test.each([
    ['between Arabic letters', 'علی\u200Cرضا'],
    ['behind an Indic one', 'ശ്\u200D'],
    ['behind a mark of one', 'क्\u200Cष'],
  ])('stays %s', (_, typed) => {
    expect(personName(typed)).toBe(typed)
  })

  test.each([
    ['between Latin letters', 'Jo\u200Dan', 'Joan'],
    ['between Greek ones', 'Ζω\u200Cή', 'Ζωή'],
    ['at the end', 'Zoe\u200D', 'Zoe'],
  ])('goes %s', (_, typed, kept) => {
    expect(personName(typed)).toBe(kept)
  })
})

const typed = fc.string({
  unit: fc.constantFrom(...'aé\u0301Αά\u0308ع\u0627क\u094D \u200B\u200C\u200D\u200E\u202E\u2069\uFEFF\u00AD'),
  maxLength: 12,
})

test('a name that is kept is composed, is kept as it is, and holds nothing of what goes', () => {
  fc.assert(
    fc.property(typed, (text) => {
      const kept = personName(text)
      expect(kept).toBe(kept.normalize('NFC'))
      expect(personName(kept)).toBe(kept)
      expect(kept).not.toMatch(/[\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/)
    }),
  )
})

test('what is left of a name counts, not what was typed', () => {
  expect(name(3).safeParse('\u200BA\u200Bn\u200Bn').data).toBe('Ann')
  expect(name(3).safeParse('\u200B \u00AD').success).toBe(false)
})

test.each([
  [{ first_name: 'Άννα', last_name: 'Ρήγα' }, 'Άννα Ρήγα'],
  [{ first_name: null, last_name: 'Ρήγα' }, 'Ρήγα'],
  [{ first_name: 'Άννα', last_name: null }, 'Άννα'],
])('%j is called %s', (person, called) => {
  expect(fullName(person)).toBe(called)
})
