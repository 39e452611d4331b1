import { beforeAll, describe, expect, test } from 'vitest'
import { badFields } from '../../call.ts'
import { unique, type World, world } from '../../world.ts'

type Row = { id: number; code: string; title: string; credits: number }

let w: World
let rows: Row[]
beforeAll(async () => {
  w = await world()
  const made = []
  for (let i = 0; i < 11; i += 1) made.push(await w.course({ title: `T${i % 3}`, credits: (i % 4) * 2.5 }))
  rows = made as unknown as Row[]
})

const list = async (query: string) => (await w.registrar.get(`/courses?${query}`)).data
const idsOf = (items: Row[]) => items.map(({ id }) => id)

/** More rows than any list here has. */
const endless = 1000

/** All pages of a query, following `next_cursor`; `between` runs before each further page. */
async function walk(query: string, between: () => Promise<unknown> = async () => undefined): Promise<Row[]> {
  const seen: Row[] = []
  let page = await list(query)
  seen.push(...page.items)
  while (page.next_cursor !== null) {
    if (seen.length > endless) throw new Error(`the pages of ${query} do not end`)
    await between()
    page = await list(`${query}&cursor=${page.next_cursor}`)
    seen.push(...page.items)
  }
  return seen
}

const by =
  (...fields: [keyof Row, 1 | -1][]) =>
  (a: Row, b: Row) =>
    fields.map(([field, sign]) => sign * (a[field] < b[field] ? -1 : a[field] > b[field] ? 1 : 0)).find((x) => x) ?? 0

describe('pages', () => {
  test('the first says how many rows and pages there are', async () => {
    const page = await list('page_size=4&ordering=id')
    expect(page).toEqual({
      items: rows.slice(0, 4),
      total: 11,
      page: 1,
      page_size: 4,
      total_pages: 3,
      has_next: true,
      has_previous: false,
      next_cursor: expect.stringMatching(/^[\w-]+$/),
    })
  })

  test('one in the middle and the last', async () => {
    expect(await list('page_size=4&ordering=id&page=2')).toMatchObject({
      items: rows.slice(4, 8),
      page: 2,
      has_next: true,
      has_previous: true,
    })
    expect(await list('page_size=4&ordering=id&page=3')).toMatchObject({
      items: rows.slice(8),
      has_next: false,
      has_previous: true,
      next_cursor: null,
    })
  })

  test('one that is exactly full has no next', async () => {
    expect(await list('page_size=11')).toMatchObject({ has_next: false, next_cursor: null, total_pages: 1 })
    expect(await list('page_size=10')).toMatchObject({ has_next: true, total_pages: 2 })
  })

  test('one behind the end is empty', async () => {
    expect(await list('page=9')).toMatchObject({ items: [], total: 11, has_next: false, next_cursor: null })
  })

  test('hold 50 rows unless asked otherwise, and 200 at most', async () => {
    expect((await list('')).page_size).toBe(50)
    expect((await list('page_size=200')).page_size).toBe(200)
    expect((await list('page_size=1')).items).toHaveLength(1)
  })

  test.each(['page_size=0', 'page_size=201', 'page_size=-1', 'page_size=1.5', 'page_size=ten', 'page_size=%20x'])(
    'refuses %s',
    async (query) => {
      const answer = await w.registrar.get(`/courses?${query}`)
      expect([answer.status, answer.error?.code]).toEqual([422, 'VALIDATION_ERROR'])
      expect(badFields(answer)).toEqual(['query.page_size'])
    },
  )

  test.each([
    ['page=0', 'query.page'],
    ['page=1000001', 'query.page'],
    ['page=1&page=2', 'query.page'],
    ['count=no', 'query.count'],
    ['ordering=credit', 'query.ordering'],
    ['ordering=title,', 'query.ordering'],
    ['ordering=--title', 'query.ordering'],
    ['ordering=title;drop%20table%20course', 'query.ordering'],
    ['ordering=constructor', 'query.ordering'],
    ['ordering=id,code,title,credits,created_at', 'query.ordering'],
    ['pagesize=5', 'query.pagesize'],
    ['deleted_at=1', 'query.deleted_at'],
    ['title=T1', 'query.title'],
    ['code__like=T', 'query.code__like'],
    ['__proto__=1', 'query.__proto__'],
    ['constructor=1', 'query.constructor'],
  ])('refuses %s', async (query, path) => {
    const answer = await w.registrar.get(`/courses?${query}`)
    expect([answer.status, answer.error?.code]).toEqual([422, 'VALIDATION_ERROR'])
    expect(badFields(answer)).toEqual([path])
  })

  test('count=false leaves out the total and nothing else', async () => {
    const { total: _, total_pages: __, ...rest } = await list('page_size=4')
    expect(await list('page_size=4&count=false')).toEqual(rest)
  })
})

describe('ordering', () => {
  test('goes by several fields, each up or down', async () => {
    const { items } = await list('ordering=-credits,title,-code')
    expect(idsOf(items)).toEqual(idsOf(rows.toSorted(by(['credits', -1], ['title', 1], ['code', -1]))))
  })

  test('ends in the id, in the direction of the last field', async () => {
    expect(idsOf((await list('ordering=title')).items)).toEqual(idsOf(rows.toSorted(by(['title', 1], ['id', 1]))))
    expect(idsOf((await list('ordering=-title')).items)).toEqual(idsOf(rows.toSorted(by(['title', -1], ['id', -1]))))
  })

  test('takes a field that is named twice at its first place', async () => {
    expect(idsOf((await list('ordering=title,-title')).items)).toEqual(idsOf((await list('ordering=title')).items))
  })
})

describe('walking by cursor', () => {
  test.each(['id', '-id', 'title', '-title', 'credits,-title', '-credits,title,code'])(
    'by %s meets every row once, in the order of the pages',
    async (ordering) => {
      const whole = (await list(`ordering=${ordering}`)).items
      expect(await walk(`ordering=${ordering}&page_size=2`)).toEqual(whole)
    },
  )

  test('of joined rows meets every row once, too', async () => {
    for (const { id } of rows.slice(0, 3)) {
      await w.section({ course_id: id, number: 'A' })
      await w.section({ course_id: id, number: 'B' })
    }
    const path = '/sections?ordering=-course_code,capacity'
    const whole = (await w.registrar.get(path)).data.items
    const seen: typeof whole = []
    let cursor = ''
    do {
      const { data } = await w.registrar.get(`${path}&page_size=2${cursor}`)
      seen.push(...data.items)
      expect(seen.length).toBeLessThan(endless)
      cursor = data.next_cursor ? `&cursor=${data.next_cursor}` : ''
    } while (cursor)
    expect(whole).toHaveLength(6)
    expect(seen).toEqual(whole)
  })

  test('leaves out the total and the page, and has a previous page', async () => {
    const { next_cursor } = await list('page_size=4')
    const page = await list(`page_size=4&cursor=${next_cursor}`)
    expect(Object.keys(page).toSorted()).toEqual(['has_next', 'has_previous', 'items', 'next_cursor', 'page_size'])
    expect(page.has_previous).toBe(true)
  })

  test('keeps to the filter', async () => {
    const expected = rows.filter(({ credits }) => credits >= 5).toSorted(by(['title', 1], ['id', 1]))
    expect(await walk('credits__gte=5&ordering=title&page_size=2')).toEqual(expected)
  })

  test('neither repeats nor skips a row while others are inserted before and behind it', async () => {
    const before = (await list('ordering=title')).items as Row[]
    const inserted: number[] = []
    const seen = await walk('ordering=title&page_size=2', async () => {
      inserted.push((await w.course({ title: 'A first' })).id)
      if (inserted.length < 5) inserted.push((await w.course({ title: `Z${unique()}` })).id)
    })
    expect(new Set(idsOf(seen)).size).toBe(seen.length)
    expect(seen.filter(({ id }) => !inserted.includes(id))).toEqual(before)
    expect(seen.filter(({ title }) => title === 'A first')).toEqual([])
    expect(seen.filter(({ title }) => title.startsWith('Z'))).toHaveLength(2)
  })

  const cursor = (values: unknown) => btoa(JSON.stringify(values)).replaceAll('=', '')

  test.each([
    ['!!', 'id'],
    ['abc', 'id'],
    [cursor({}), 'id'],
    [cursor([]), 'id'],
    [cursor([1, 2]), 'id'],
    [cursor([null]), 'id'],
    [cursor([[1]]), 'id'],
    [cursor(['x', 1]), 'credits'],
  ])('refuses the cursor "%s" for ordering %s', async (text, ordering) => {
    const answer = await w.registrar.get(`/courses?ordering=${ordering}&cursor=${encodeURIComponent(text)}`)
    expect([answer.status, answer.error?.code]).toEqual([422, 'VALIDATION_ERROR'])
    expect(badFields(answer)).toEqual(['query.cursor'])
  })

  test('says in Greek, too, what to do without a good cursor', async () => {
    const answer = await w.registrar.get('/courses?cursor=x', { 'accept-language': 'el' })
    expect(answer.error?.details.errors?.[0]?.message).toBe(
      'δεν είναι δείκτης αυτής της λίστας και σειράς: ξεκινήστε πάλι χωρίς δείκτη',
    )
  })

  test('refuses the cursor of another ordering', async () => {
    const { next_cursor } = await list('ordering=title&page_size=2')
    const answer = await w.registrar.get(`/courses?ordering=-code&cursor=${next_cursor}`)
    expect([answer.status, badFields(answer)[0]]).toEqual([422, 'query.cursor'])
  })
})
