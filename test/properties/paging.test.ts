import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { AnswerAt } from '../answer-at.ts'
import type { Answer } from '../call.ts'
import { unique, type World, world } from '../world.ts'

interface Row {
  id: number
  code: string
  title: string
  credits: number
  created_at: string
}

let w: World
/** Courses of this file's runs are told apart by their program. */
beforeAll(async () => {
  w = await world()
})

const fields = ['id', 'code', 'title', 'credits', 'created_at'] as const
const ordering = fc
  .tuple(
    fc.shuffledSubarray([...fields], { minLength: 1, maxLength: 3 }),
    fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
  )
  .map(([chosen, signs]) => chosen.map((field, index) => `${signs[index] ? '-' : ''}${field}`).join(','))

/** Few different values, so that orderings have many ties; Greek and accents, so that they have no easy order. */
const course = fc.record({
  title: fc.constantFrom('Άλγεβρα', 'Αλγόριθμοι', 'algebra', 'Algebra', 'Ωκεανογραφία', 'Zoology'),
  credits: fc.constantFrom(0, 2.5, 6, 7.5, 30),
})

const run = fc.record({
  ordering,
  pageSize: fc.integer({ min: 1, max: 4 }),
  before: fc.array(course, { minLength: 3, maxLength: 9 }),
  /** What is inserted after each page. */
  between: fc.array(fc.array(course, { maxLength: 2 }), { maxLength: 4 }),
})

const insert = (program_id: number, courses: object[]) =>
  Promise.all(courses.map((fields) => w.course({ ...fields, program_id, code: `P${unique()}` })))

test('walking by cursor in any ordering repeats no row and misses none that was there, while rows come in', async () => {
  await fc.assert(
    fc.asyncProperty(run, async ({ ordering, pageSize, before, between }) => {
      const program = await w.program()
      const there = await insert(program.id, before)
      const path = `/courses?program_id=${program.id}&page_size=${pageSize}&ordering=${ordering}` as const
      const walked: Row[] = []
      let at: typeof path | null = path
      for (let page = 0; at !== null; page += 1) {
        expect(page, 'pages that do not end').toBeLessThan(100)
        const { status, data }: Answer<AnswerAt<'GET', typeof path>> = await w.registrar.get(at)
        expect(status).toBe(200)
        expect(data.items.length).toBeLessThanOrEqual(pageSize)
        walked.push(...data.items)
        await insert(program.id, between[page] ?? [])
        at = data.next_cursor === null ? null : `${path}&cursor=${data.next_cursor}`
      }
      const ids = walked.map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      expect(there.map(({ id }) => id).filter((id) => !ids.includes(id))).toEqual([])
      expect(ids).toEqual(walked.toSorted(by(ordering)).map(({ id }) => id))
    }),
    { numRuns: 20 },
  )
}, 60_000)

test('page by page and by cursor are the same rows in the same order when nothing changes', async () => {
  await fc.assert(
    fc.asyncProperty(run, async ({ ordering, pageSize, before }) => {
      const program = await w.program()
      await insert(program.id, before)
      const path = `/courses?program_id=${program.id}&page_size=${pageSize}&ordering=${ordering}` as const
      const first = (await w.registrar.get(path)).data
      expect([first.total, first.total_pages]).toEqual([before.length, Math.ceil(before.length / pageSize)])
      let cursor = first.next_cursor as string | null
      for (let page = 2; page <= first.total_pages!; page += 1) {
        const numbered = (await w.registrar.get(`${path}&page=${page}`)).data
        const { data } = await w.registrar.get(`${path}&cursor=${cursor}`)
        expect(data.items).toEqual(numbered.items)
        expect([data.has_next, numbered.has_next]).toEqual([page < first.total_pages!, page < first.total_pages!])
        cursor = data.next_cursor
      }
      expect(cursor).toBeNull()
    }),
    { numRuns: 10 },
  )
}, 60_000)

/** The order that `?ordering=` promises: field by field, text by code point, ties by id in the last direction. */
function by(ordering: string) {
  const parts = ordering
    .split(',')
    .map((part) => ({ field: part.replace('-', '') as keyof Row, sign: part.startsWith('-') ? -1 : 1 }))
  const keys = [...parts, { field: 'id' as const, sign: parts.at(-1)!.sign }]
  return (a: Row, b: Row) => {
    const differing = keys.find(({ field }) => a[field] !== b[field])
    if (!differing) return 0
    return compare(a[differing.field], b[differing.field]) * differing.sign
  }
}

/** UTF-8 bytes order text as code points do; the texts here have none beyond the basic plane, so UTF-16 units do, too. */
const compare = (a: string | number, b: string | number) => (a < b ? -1 : 1)
