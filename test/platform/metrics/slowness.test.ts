import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { queryName } from '#/platform/database/query-figures.ts'
import { slowestQueries } from '#/platform/metrics/flush.ts'
import { timingOf } from '../http/serve.ts'
import { testEnv, type World, world } from '../../world.ts'

vi.setConfig({ testTimeout: 60_000 })

let w: World
let view: string
beforeAll(async () => {
  w = await world()
  view = (await testEnv.DB.prepare("select sql from sqlite_schema where name = 'live_program'").first<{
    sql: string
  }>())!.sql
})
afterEach(async () => {
  vi.restoreAllMocks()
  await testEnv.DB.batch([testEnv.DB.prepare('drop view live_program'), testEnv.DB.prepare(view)])
})

/** Makes each read of programs count to `steps` first. */
const slowDown = (steps: number) =>
  testEnv.DB.batch([
    testEnv.DB.prepare('drop view live_program'),
    testEnv.DB.prepare(`create view live_program as select * from program where deleted_at is null and
      (with recursive n (i) as (select 1 union all select i + 1 from n where i < ${steps}) select max(i) from n) = ${steps}`),
  ])

type Line = Record<string, unknown> & { event: string }

function heard() {
  const said = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  return (event: string) =>
    said.mock.calls.map(([line]) => JSON.parse(line as string) as Line).filter((line) => line.event === event)
}

describe('a query slower than 100 ms', () => {
  test('is logged with its route, name, rows and request, and without what it was asked', async () => {
    const { id } = await w.program({ title: 'Confidential' })
    await slowDown(3_000_000)
    const lines = heard()
    const answer = await w.registrar.get(`/programs/${id}`)
    expect(answer.status).toBe(200)
    const [line, ...others] = lines('slow_query')
    expect(others).toEqual([])
    expect(line).toEqual({
      level: 'warn',
      event: 'slow_query',
      at: expect.any(String),
      route: '/api/v1/programs/{id}',
      query: 'getProgram: select live_program',
      ms: expect.any(Number),
      rows_read: expect.any(Number),
      request_id: answer.headers.get('x-request-id'),
    })
    expect(line!.ms).toBeGreaterThanOrEqual(100)
    expect(line!.rows_read).toBeGreaterThanOrEqual(1)
  })

  test('is among the slowest of the hour, with every run of its name', async () => {
    await slowDown(3_000_000)
    heard()
    const figures = async () =>
      (await slowestQueries(testEnv)).find(({ query }) => query === 'listPrograms: select live_program')
    // The first slow one brings it in, with whatever ran before in the same isolate.
    await w.registrar.get('/programs?count=false')
    const { runs } = (await figures())!
    await w.registrar.get('/programs?count=false')
    await w.registrar.get('/programs?count=false')
    const found = (await figures())!
    expect(found.runs).toBe(runs + 2)
    expect(found.max_ms).toBeGreaterThan(100)
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
  await slowDown(20_000_000)
  const lines = heard()
  const answer = await w.registrar.get(`/programs/${id}`)
  expect(lines('slow_request')).toEqual([
    {
      level: 'warn',
      event: 'slow_request',
      at: expect.any(String),
      method: 'GET',
      route: '/api/v1/programs/{id}',
      status: 200,
      ms: expect.any(Number),
      queries: 1,
      db_ms: expect.any(Number),
      rows_read: expect.any(Number),
      request_id: answer.headers.get('x-request-id'),
    },
  ])
  expect(timingOf(answer).queries).toBe(1)
})

test('a quick request is not logged', async () => {
  const { id } = await w.program()
  const lines = heard()
  await w.registrar.get(`/programs/${id}`)
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
