import { describe, expect, test } from 'vitest'
import { errors as courseErrors } from '#/catalog/course/errors.ts'
import { endNotes } from '#/enrolling/enrollment/index.ts'
import { takenNotes, waitlistNotes } from '#/enrolling/seat/errors.ts'
import { messageOf } from '#/platform/errors.ts'
import { languages } from '#/platform/words.ts'
import { catalogue } from '#/wiring/catalogue.ts'
import { printedErrors } from './printed-errors.ts'

const codes = Object.keys(catalogue)

describe.each(codes)('%s', (code) => {
  const { en, el } = catalogue[code]!

  test('speaks English and Greek with the same parameters', () => {
    const parameters = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).toSorted()
    expect(el).toMatch(/\p{Script=Greek}{3}/u)
    expect(en).not.toMatch(/\p{Script=Greek}/u)
    expect(parameters(el)).toEqual(parameters(en))
  })
})

test.each(codes)(
  '%s leaves no braces once it is filled in, and counts nothing in words that fit some numbers only',
  (code) => {
    for (const language of languages) {
      const text = catalogue[code]!
      expect(messageOf(text, {}, language)).not.toMatch(/[{}]/)
      expect(text[language]).not.toMatch(/\{(?:count|capacity|credits|seats|total)\} \p{L}/u)
    }
  },
)

test.each(Object.entries({ waitlistNotes, takenNotes, endNotes }))('%s are whole sentences', (_, notes) => {
  for (const note of Object.values(notes))
    for (const text of Object.values(typeof note === 'function' ? note(7) : note)) expect(text).toMatch(/^[^{}]+\.$/)
})

test('parameters are filled in, and a missing one leaves no braces', () => {
  expect(messageOf(courseErrors.COURSE_NOT_FOUND, { id: 99_999 }, 'en')).toBe('Course with id 99999 not found.')
  expect(messageOf(courseErrors.COURSE_NOT_FOUND, {}, 'en')).toBe('Course with id  not found.')
})

test('the printed catalogue is current', async () => {
  await expect(printedErrors()).toMatchFileSnapshot('../../docs/errors.md')
})
