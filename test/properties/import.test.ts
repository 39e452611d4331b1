import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { counts, csv, importFile, ndjson } from '../exchange/import/files.ts'
import { countRows, unique, type World, world } from '../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const word = fc
  .string({ unit: fc.constantFrom('a', 'Ω', 'ς', 'é', '"', ',', ';', "'", '?', ' ', '𝛼'), minLength: 1, maxLength: 12 })
  .map((text) => `x${text}x`)
const latinWord = fc
  .string({ unit: fc.constantFrom('a', 'é', 'ł', '-', "'", '.', ' '), maxLength: 12 })
  .map((text) => `x${text}x`)
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null })
const tenths = (most: number) => fc.integer({ min: 0, max: most * 10 }).map((n) => n / 10)

const course = fc.record({
  title: word,
  title_el: maybe(word),
  credits: tenths(60),
  absence_penalty: fc.integer({ min: 0, max: 10_000 }).map((n) => n / 100),
})
const student = fc.record({
  first_name: word,
  last_name: word,
  latin_name: maybe(latinWord),
  phone: maybe(fc.constantFrom('+302101234567', '2101234567')),
  date_of_birth: maybe(fc.constantFrom('2001-02-03', '1999-12-31')),
  study_year: fc.integer({ min: 1, max: 12 }),
  enrollment_date: fc.constantFrom('2020-09-01', '2024-02-29'),
  status: fc.constantFrom('active', 'on_leave', 'graduated'),
})

const named = {
  courses: (row: object) => ({ code: `PX${unique()}`, ...row }),
  students: (row: object) => {
    const n = unique()
    return { student_number: `PX-${n}`, email: `px${n}@lyceum.test`, ...row }
  },
}
const keys = { courses: 'code', students: 'student_number' } as const

test.each([
  ['courses', course as fc.Arbitrary<object>],
  ['students', student as fc.Arbitrary<object>],
] as const)(
  '%s that are written into a file and imported are read back; a second time nothing changes',
  async (entity, row) => {
    const rows = fc.array(row, { minLength: 1, maxLength: 12 }).map((some) => some.map((one) => named[entity](one)))
    const form = fc.constantFrom('comma', 'semicolon', 'ndjson')
    await fc.assert(
      fc.asyncProperty(rows, form, async (given, how) => {
        const file =
          how === 'ndjson' ? ndjson(given) : csv(given as Record<string, unknown>[], how === 'comma' ? ',' : ';')
        const type = how === 'ndjson' ? 'application/x-ndjson' : 'text/csv'
        expect(counts(await importFile(w.registrar, entity, file, { type }))).toEqual([given.length, 0, 0, 0])
        const key = keys[entity]
        const names = given.map((one) => (one as Record<string, string>)[key]).join(',')
        const { items } = (await w.registrar.get(`/${entity}?${key}__in=${names}&ordering=id`)).data
        expect(items).toMatchObject(given)
        const before = await countRows('audit_log')
        expect(counts(await importFile(w.registrar, entity, file, { type }))).toEqual([0, 0, given.length, 0])
        expect(await countRows('audit_log')).toBe(before)
      }),
      { numRuns: 15 },
    )
  },
)

test('no sequence of files takes an enrollment along an edge that the front door does not have', async () => {
  const section = await w.section()
  const { course_code, term_code, number } = (await w.registrar.get(`/sections/${section.id}`)).data
  const status = fc.constantFrom('enrolled', 'dropped', 'withdrawn', 'completed')
  await fc.assert(
    fc.asyncProperty(fc.array(status, { minLength: 2, maxLength: 5 }), async (wanted) => {
      // Whoever has completed a course has the seat of this term.
      const student = await w.student()
      const enrolled_at = new Date(Date.UTC(2025, 0, 1) + unique() * 1000).toISOString()
      const states: string[] = []
      for (const one of wanted) {
        const ended_at = one === 'enrolled' ? null : '2026-01-01T00:00:00.000Z'
        const row = {
          course_code,
          term_code,
          section_number: number,
          student_number: student.student_number,
          enrolled_at,
          status: one,
          ended_at,
        }
        await importFile(w.registrar, 'enrollments', csv([row]))
        const { items } = (await w.registrar.get(`/enrollments?section_id=${section.id}&page_size=200`)).data
        const seat = items.find((each: { enrolled_at: string }) => each.enrolled_at === enrolled_at)
        states.push(seat!.status)
        const { seats_taken } = (await w.registrar.get(`/sections/${section.id}`)).data
        const seated = items.filter((each: { status: string }) => ['enrolled', 'completed'].includes(each.status))
        expect(seats_taken).toBe(seated.length)
      }
      const end = wanted.findIndex((one) => one !== 'enrolled')
      const expected = wanted.map((one, index) => (end === -1 || index < end ? one : wanted[end]!))
      expect(states).toEqual(expected)
      if (end === -1) {
        const row = {
          course_code,
          term_code,
          section_number: number,
          student_number: student.student_number,
          enrolled_at,
          status: 'dropped',
          ended_at: '2026-01-01',
        }
        await importFile(w.registrar, 'enrollments', csv([row]))
      }
    }),
    { numRuns: 20 },
  )
})
