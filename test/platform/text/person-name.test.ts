import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { name } from '#/platform/fields.ts'
import { fullName, hasHeapedMarks, personName } from '#/platform/text/person-name.ts'

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
    // Composing puts the accent behind the sign that the joiner was held by.
    { examples: [['\u0301\u094D\u200D']] },
  )
})

test('what is left of a name counts, not what was typed', () => {
  expect(name(3).safeParse('\u200BA\u200Bn\u200Bn').data).toBe('Ann')
  expect(name(3).safeParse('\u200B \u00AD').success).toBe(false)
})

describe('marks on a letter', () => {
  test.each([
    ['Vietnamese ones', 'Nguyễn Đệ'],
    ['those of Pinyin', 'Lǚ'],
    ['all three of ancient Greek', 'Ωιδη ᾯ ᾧ'],
    ['points of Hebrew', 'שׁ\u05BC\u05C1\u05B8\u05BDלום'],
    ['signs of Devanagari', 'श्र\u093C\u0940\u0902'],
    ['stacks of Tibetan', 'བསྒྲུབས'],
    ['two on each of many letters', 'e\u0302\u0301'.repeat(20)],
  ])('stay: %s', (_, text) => {
    expect(hasHeapedMarks(text)).toBe(false)
    expect(hasHeapedMarks(text.normalize('NFC'))).toBe(false)
  })

  test.each([
    ['three on a Latin letter', 'e\u0301\u0302\u0303'],
    ['one more on a letter that has two', 'ệ\u0301'],
    ['three on a Cyrillic one', 'й\u0301\u0302'],
    ['four on a Greek one', 'ᾧ\u0301'],
    ['three on a blank', 'A \u0301\u0302\u0303B'],
    ['six signs of a script', `ש${'\u05B8'.repeat(6)}`],
  ])('are too many: %s', (_, text) => {
    expect(hasHeapedMarks(text)).toBe(true)
    expect(hasHeapedMarks(text.normalize('NFC'))).toBe(true)
  })
})

test.each([
  [{ first_name: 'Άννα', last_name: 'Ρήγα' }, 'Άννα Ρήγα'],
  [{ first_name: null, last_name: 'Ρήγα' }, 'Ρήγα'],
  [{ first_name: 'Άννα', last_name: null }, 'Άννα'],
])('%j is called %s', (person, called) => {
  expect(fullName(person)).toBe(called)
})
