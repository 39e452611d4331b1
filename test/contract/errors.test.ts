import { describe, expect, test } from 'vitest'
import { errors as courseErrors } from '#/catalog/course/errors.ts'
import { endNotes } from '#/enrolling/enrollment/index.ts'
import { takenNotes, waitlistNotes, windowNotes } from '#/enrolling/seat/errors.ts'
import { findings } from '#/operations/legacy-finding/texts.ts'
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

/** What messages are made of besides: notes that stand in them, and what is said of older data. */
const phrases = [takenNotes, waitlistNotes, windowNotes, endNotes, findings].flatMap((notes) =>
  Object.entries(notes).map(([name, note]) => [name, typeof note === 'function' ? note(7) : note] as const),
)

test('every address in a message is one that can be called as it stands: below /api/v1, or the reference', () => {
  const wrong = [...Object.entries(catalogue), ...phrases].flatMap(([name, text]) =>
    languages.flatMap((language) =>
      [...text[language].matchAll(/(?<![\w}])\/[a-z][\w{}/-]*/g)]
        .map(([address]) => address)
        .filter((address) => !address.startsWith('/api/v1/') && address !== '/docs')
        .map((address) => `${name}: ${address}`),
    ),
  )
  expect(wrong).toEqual([])
})

test('every refusal because of official results says what can be done', () => {
  const official = codes.filter(
    (code) => /official|results/i.test(catalogue[code]!.en) && catalogue[code]!.status < 500,
  )
  expect(official.length).toBeGreaterThan(10)
  const silent = official.filter((code) =>
    languages.some((language) => catalogue[code]![language].split(/[.·;:] /).length < 2),
  )
  expect(silent).toEqual([])
})

test('parameters are filled in, and a missing one leaves no braces', () => {
  expect(messageOf(courseErrors.COURSE_NOT_FOUND, { id: 99_999 }, 'en')).toBe('Course with id 99999 not found.')
  expect(messageOf(courseErrors.COURSE_NOT_FOUND, {}, 'en')).toBe('Course with id  not found.')
})

test('the printed catalogue is current', async () => {
  await expect(printedErrors()).toMatchFileSnapshot('../../docs/errors.md')
})
