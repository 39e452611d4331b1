import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { beforeAll, describe, expect, test } from 'vitest'
import worker from '#/worker.ts'
import { json, serve } from '../http/serve.ts'
import { testEnv, unique, type World, world } from '../../world.ts'
import { answers, grown, type Samples, scrape, scrapeText } from './scrape.ts'

let w: World
let authorization: string
let program: number
type Asked = [path: string, init: RequestInit]

beforeAll(async () => {
  w = await world()
  authorization = `Bearer ${w.registrar.token}`
  program = (await w.program()).id
})

const durations = (part: 'bucket' | 'sum' | 'count', labels: string) =>
  `http_request_duration_seconds_${part}{${labels}}`
const bounds = ['0.01', '0.05', '0.1', '0.25', '0.5', '1', '2.5', '5', '10', '+Inf']

describe('after a thousand requests', () => {
  const read = (path: string) => (): Asked => [path, { headers: { authorization } }]
  /** How many of each, what they ask, and where they must be counted. */
  const plan: readonly [times: number, ask: () => Asked, method: string, route: string, status: number][] = [
    [400, read('/api/v1/programs/:id'), 'GET', '/api/v1/programs/{id}', 200],
    [150, read('/api/v1/programs/999999'), 'GET', '/api/v1/programs/{id}', 404],
    [100, () => ['/api/v1/programs', {}], 'GET', '/api/v1/programs', 401],
    [50, read('/api/v1/programs?page=0'), 'GET', '/api/v1/programs', 422],
    [100, () => ['/api/v1/programs', create()], 'POST', '/api/v1/programs', 201],
    [100, () => [`/nothing/${unique()}`, {}], 'GET', 'unmatched', 404],
    [50, () => ['/api/v1/programs', { method: 'DELETE' }], 'DELETE', 'unmatched', 405],
    [50, () => ['/api/v1/programs', preflight], 'OPTIONS', 'unmatched', 204],
  ]

  const preflight = {
    method: 'OPTIONS',
    headers: { origin: 'http://localhost:3000', 'access-control-request-method': 'POST' },
  }
  const create = () => json('POST', { code: `M${unique()}`, title: 'x' }, { authorization })

  let before: Samples
  let after: Samples
  beforeAll(async () => {
    before = await scrape()
    const env = { ...testEnv, METRICS_FLUSH_MS: '1000' }
    const execution = createExecutionContext()
    const requests = plan.flatMap(([times, make]) => Array.from({ length: times }, make))
    const statuses = await Promise.all(
      requests.map(async ([path, init]) => {
        const request = new Request(`http://lyceum.test${path.replace(':id', String(program))}`, init)
        return (await worker.fetch(request as Parameters<typeof worker.fetch>[0], env, execution)).status
      }),
    )
    expect(statuses).toEqual(plan.flatMap(([times, , , , status]) => Array.from({ length: times }, () => status)))
    after = await scrape()
    await waitOnExecutionContext(execution)
  }, 60_000)

  const grownBy = (key: string) => (after.get(key) ?? 0) - (before.get(key) ?? 0)

  test.each(plan.map(([times, , method, route, status]) => [method, route, status, times] as const))(
    '%s %s is counted exactly at once: %i',
    (method, route, status, times) => {
      expect(grownBy(answers(method, route, status))).toBe(times)
    },
  )

  test('nothing else was counted but the scrape between', () => {
    const all = [...after.keys()].filter((key) => key.startsWith('http_requests_total{'))
    expect(all.reduce((sum, key) => sum + grownBy(key), 0)).toBe(1001)
    expect(grownBy(answers('GET', '/metrics', 200))).toBe(1)
  })

  test.each([
    ['GET', '/api/v1/programs/{id}', 550],
    ['GET', '/api/v1/programs', 150],
    ['POST', '/api/v1/programs', 100],
    ['GET', 'unmatched', 100],
  ])('the durations of %s %s add up, bucket by bucket', (method, route, times) => {
    const labels = `method="${method}",route="${route}"`
    const buckets = bounds.map((bound) => grownBy(durations('bucket', `${labels},le="${bound}"`)))
    expect(buckets).toEqual(buckets.toSorted((a, b) => a - b))
    expect([buckets.at(-1), grownBy(durations('count', labels))]).toEqual([times, times])
    const seconds = grownBy(durations('sum', labels))
    expect(seconds).toBeGreaterThan(0)
    expect(buckets[0]! * 0.01 + times * 60).toBeGreaterThan(seconds)
  })

  test('a second delivery of the same figures adds nothing', async () => {
    const again = await scrape()
    const [, , method, route, status] = plan[0]!
    expect(again.get(answers(method, route, status))).toBe(after.get(answers(method, route, status)))
  })
})

describe('labels', () => {
  test('are templates and names of ours, whatever clients send', async () => {
    const secret = 'Zx9secretZx9'
    const hostile = [
      `/${secret}`,
      `/api/v1/${secret}`,
      `/api/v1/students/${secret}`,
      `/api/v1/students?search=${secret}`,
    ]
    for (const path of hostile) await serve(path, { headers: { authorization, 'user-agent': secret } })
    for (const method of ['PROPFIND', 'PURGE']) await serve('/api/v1/students', { method })
    const text = await scrapeText()
    expect(text).not.toContain(secret)
    expect(text).not.toContain('PROPFIND')
    const routes = new Set([...text.matchAll(/route="([^"]*)"/g)].map(([, route]) => route!))
    const document = (await (await serve('/openapi.json')).json()) as { paths: object }
    expect([...routes].filter((route) => route !== 'unmatched' && !(route in document.paths))).toEqual([])
  })

  test('an unknown method is one of one kind', async () => {
    const growth = await grown(async () => {
      for (const method of ['PROPFIND', 'PURGE', 'LOCK']) await serve('/api/v1/students', { method })
    })
    expect(growth(answers('other', 'unmatched', 405))).toBe(3)
  })

  test('HEAD is counted as what it is', async () => {
    const growth = await grown(() => serve('/health/live', { method: 'HEAD' }))
    expect(growth(answers('HEAD', '/health/live', 200))).toBe(1)
  })
})
