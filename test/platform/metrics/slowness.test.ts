import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { queryName } from '#/platform/database/query-figures.ts'
import { slowestQueries } from '#/platform/metrics/flush.ts'
import { databaseBehind } from '../database/between.ts'
import { serveWith, timingOf } from '../http/serve.ts'
import { testEnv, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterEach(() => vi.restoreAllMocks())

/** Asks for programs while each query for them takes so long, and nothing else takes any time: the clock and D1 say so. */
async function readSlowly(ms: number, path: string): Promise<Response> {
  let now = performance.now()
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  const DB = databaseBehind(async (texts, run) =>
    (await run()).map((result, i) => {
      if (!texts[i]!.includes('live_program')) return result
      now += ms
      return { ...result, meta: { ...result.meta, duration: ms } }
    }),
  )
  return serveWith({ DB }, `/api/v1${path}`, { headers: { authorization: `Bearer ${w.registrar.token}` } })
}

type Line = Record<string, unknown> & { event: string }

function heard() {
  const said = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  return (event: string) =>
    said.mock.calls.map(([line]) => JSON.parse(line as string) as Line).filter((line) => line.event === event)
}

describe('a query slower than 100 ms', () => {
  test('is logged with its route, name, rows and request, and without what it was asked', async () => {
    const { id } = await w.program({ title: 'Confidential' })
    const lines = heard()
    const answer = await readSlowly(101, `/programs/${id}`)
    expect(answer.status).toBe(200)
    const [line, ...others] = lines('slow_query')
    expect(others).toEqual([])
    expect(line).toEqual({
      level: 'warn',
      event: 'slow_query',
      at: expect.any(String),
      route: '/api/v1/programs/{id}',
      query: 'getProgram: select live_program',
      ms: 101,
      rows_read: expect.any(Number),
      request_id: answer.headers.get('x-request-id'),
    })
    expect(line!.ms).toBe(101)
    expect(line!.rows_read).toBeGreaterThanOrEqual(1)
  })

  test('is among the slowest of the hour, with every run of its name', async () => {
    heard()
    const figures = async () =>
      (await slowestQueries(testEnv)).find(({ query }) => query === 'listPrograms: select live_program')
    // The first slow one brings it in, with whatever ran before in the same isolate.
    await readSlowly(60_000, '/programs?count=false')
    const { runs } = (await figures())!
    await readSlowly(70_000, '/programs?count=false')
    await w.registrar.get('/programs?count=false')
    const found = (await figures())!
    expect(found.runs).toBe(runs + 2)
    expect(found.max_ms).toBe(70_000)
    expect(found.rows_read).toBeGreaterThan(0)
  })

  test('is one of ten at most, the slowest first', async () => {
    const found = (await slowestQueries(testEnv)).map(({ max_ms }) => max_ms)
    expect(found.length).toBeLessThanOrEqual(10)
    expect(found).toEqual(found.toSorted((a, b) => b - a))
  })
})

test('a request slower than a second is logged with what it asked of the database', async () => {
  const { id } = await w.program()
  const lines = heard()
  const answer = await readSlowly(1001, `/programs/${id}`)
  expect(lines('slow_request')).toEqual([
    {
      level: 'warn',
      event: 'slow_request',
      at: expect.any(String),
      method: 'GET',
      route: '/api/v1/programs/{id}',
      status: 200,
      ms: 1001,
      queries: 1,
      db_ms: 1001,
      rows_read: expect.any(Number),
      request_id: answer.headers.get('x-request-id'),
    },
  ])
  expect(timingOf(answer).queries).toBe(1)
})

test('a quick request is not logged', async () => {
  const { id } = await w.program()
  const lines = heard()
  expect((await readSlowly(100, `/programs/${id}`)).status).toBe(200)
  expect([lines('slow_request'), lines('slow_query')]).toEqual([[], []])
})

test.each([
  ['select "id", "code" from "live_program" where "id" = ?', 'select live_program'],
  ['select count(*) as total from (select "id" from "live_program")', 'count live_program'],
  ['insert into "program" ("code") values (?)', 'insert program'],
  ['insert or replace into program values (?)', 'insert program'],
  ['update "program" set "code" = ? where "id" in (select "id" from "term")', 'update program'],
  ['delete from "session" where "id" = ?', 'delete session'],
  ['with x as (select 1 from "term") select * from x', 'with term'],
  ['select 1', 'select '],
])('the name of a query: %s', (text, name) => {
  expect(queryName({ operation: 'op' }, text)).toBe(`op: ${name}`)
})
