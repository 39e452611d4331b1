import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { describe, expect, test, vi } from 'vitest'
import type { QueryFigures } from '#/platform/metrics/metrics.ts'
import { SlowestQueries } from '#/platform/metrics/slowest-queries.ts'
import { testEnv, unique } from '../../world.ts'

const fresh = () => testEnv.METRICS.getByName(`test:${unique()}`)

/** Until the object has written down what it was told, a second later. */
const written = (metrics: ReturnType<typeof fresh>) =>
  vi.waitFor(
    async () =>
      expect(
        await runInDurableObject(
          metrics,
          (_, { storage }) => storage.sql.exec('select count(*) as series from series').one()['series'],
        ),
      ).toBe(1),
    10_000,
  )

const batch = (number: number, series: Record<string, number[]>, queries: Record<string, QueryFigures> = {}) => ({
  number,
  series: new Map(Object.entries(series)),
  queries: new Map(Object.entries(queries)),
})

describe('the object that keeps the figures', () => {
  test('adds up what all isolates count', async () => {
    const metrics = fresh()
    await Promise.all(
      Array.from({ length: 40 }, (_, i) => metrics.add(`isolate-${i}`, [batch(1, { a: [1], b: [1, 0, 0.25] })])),
    )
    expect(await metrics.read()).toEqual(
      new Map([
        ['a', [40]],
        ['b', [40, 0, 10]],
      ]),
    )
  })

  test('adds a batch once, however often and in whatever company it comes', async () => {
    const metrics = fresh()
    const [one, two, three] = [batch(1, { a: [1] }), batch(2, { a: [10] }), batch(3, { a: [100] })]
    await metrics.add('isolate', [one])
    await metrics.add('isolate', [one, two])
    await metrics.add('isolate', [one])
    await metrics.add('isolate', [two, three])
    await metrics.add('other', [one])
    expect((await metrics.read()).get('a')).toEqual([112])
  })

  test('has it on disk a second later, with what it must not add twice', async () => {
    const metrics = fresh()
    const query = { runs: 2, max_ms: 120.5, rows_read: 7 }
    const first = batch(1, { 'a|b|c': [1, 2, 0.5] }, { 'listStudents: select live_student': query })
    await metrics.add('isolate', [first])
    await written(metrics)
    await evictDurableObject(metrics)
    expect(await metrics.read()).toEqual(new Map([['a|b|c', [1, 2, 0.5]]]))
    expect(await metrics.slowest()).toEqual([{ query: 'listStudents: select live_student', ...query }])
    await metrics.add('isolate', [first, batch(2, { 'a|b|c': [1, 1, 1] })])
    expect(await metrics.read()).toEqual(new Map([['a|b|c', [2, 3, 1.5]]]))
  })

  test('loses at most the last second when it dies', async () => {
    const metrics = fresh()
    await metrics.add('isolate', [batch(1, { a: [5] })])
    await written(metrics)
    await metrics.add('isolate', [batch(2, { a: [1] })])
    await evictDurableObject(metrics)
    expect((await metrics.read()).get('a')).toEqual([5])
  })

  test('begins a histogram anew when its buckets are others', async () => {
    const metrics = fresh()
    await metrics.add('isolate', [batch(1, { a: [1, 1, 1] })])
    await metrics.add('isolate', [batch(2, { a: [2, 2, 2, 2] })])
    expect((await metrics.read()).get('a')).toEqual([2, 2, 2, 2])
  })
})

describe('the slowest queries', () => {
  const minute = 60_000
  const noon = Date.parse('2026-11-20T12:00:00.000Z')
  const of = (max_ms: number, runs = 1, rows_read = 1): QueryFigures => ({ runs, max_ms, rows_read })

  test('are ten, by their slowest run, with the sums of the hour', () => {
    const slowest = new SlowestQueries()
    slowest.add(new Map(Array.from({ length: 12 }, (_, i) => [`query ${i}`, of(i)])), noon)
    slowest.add(new Map([['query 3', of(50, 2, 10)]]), noon + 20 * minute)
    slowest.add(new Map([['query 3', of(1)]]), noon + 21 * minute)
    const top = slowest.top(noon + 30 * minute)
    expect(top.map(({ query }) => query)).toEqual([
      'query 3',
      ...[11, 10, 9, 8, 7, 6, 5, 4, 2].map((i) => `query ${i}`),
    ])
    expect(top[0]).toEqual({ query: 'query 3', max_ms: 50, runs: 4, rows_read: 12 })
  })

  test('are those of the last hour, by slots of five minutes', () => {
    const slowest = new SlowestQueries()
    slowest.add(new Map([['old', of(9)]]), noon)
    slowest.add(new Map([['young', of(1)]]), noon + 10 * minute)
    const names = (now: number) => slowest.top(now).map(({ query }) => query)
    expect(names(noon + 64 * minute)).toEqual(['old', 'young'])
    expect(names(noon + 66 * minute)).toEqual(['young'])
    expect(names(noon + 80 * minute)).toEqual([])
  })
})
