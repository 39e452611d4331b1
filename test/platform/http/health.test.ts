import { afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Env } from '#/platform/env.ts'
import { buriedLetter } from '../queue/deliver.ts'
import { countRows, type Persona, testEnv, world } from '../../world.ts'
import { serve, serveWith } from './serve.ts'

let admin: Persona
beforeAll(async () => {
  admin = await (await world()).admin()
})
afterEach(async () => {
  await testEnv.DB.prepare('delete from outbox').run()
})

const migrations = Object.keys(import.meta.glob(['/migrations/*.sql'])).map((path) => path.split('/').at(-1)!)
const parts = { database: 'ok', queue: 'ok', storage: 'ok', rate_limiter: 'ok' }
const well = { status: 'ok', version: expect.any(String), components: parts }
const leaveMessage = (ageMs: number) =>
  testEnv.DB.prepare('insert into outbox values (?, ?, ?)')
    .bind('stuck', '{"type":"none"}', new Date(Date.now() - ageMs).toISOString())
    .run()

const secret = 'SQLITE_CORRUPT: database disk image is malformed'
const failing = () => Promise.reject(new Error(secret))
const hanging = () => new Promise<never>(() => undefined)

/** Bindings of which one part does with every call what `act` does. */
function without(part: keyof typeof parts, act: () => Promise<never>): Partial<Env> {
  const statement = { bind: () => statement, all: act, run: act, raw: act }
  const session = { prepare: () => statement, batch: act, getBookmark: () => null }
  const bindings = {
    database: { DB: { withSession: () => session } },
    queue: { QUEUE_MAIL: { metrics: act } },
    storage: { DOCUMENTS: { head: act } },
    rate_limiter: { GATE: { getByName: () => ({ ping: act, ask: act }) } },
  }
  return bindings[part] as unknown as Partial<Env>
}

const degraded = (part: string) => ({ ...well, status: 'degraded', components: { ...parts, [part]: 'down' } })
const unhealthy = { ...well, status: 'unhealthy', components: { ...parts, database: 'down', queue: 'down' } }

const asAdmin = () => ({ headers: { authorization: `Bearer ${admin.token}` } })

describe('health', () => {
  test.each(['/health', '/healthz', '/health/ready'])('%s shows every part, unwrapped', async (path) => {
    const answer = await serve(path)
    expect([answer.status, await answer.json()]).toEqual([200, well])
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test('/health/live touches nothing', async () => {
    const answer = await serve('/health/live')
    expect(await answer.json()).toEqual({ status: 'ok', version: well.version })
    expect(answer.headers.get('server-timing')).toContain('"0 queries in 0 round trips"')
  })

  test('a message that has waited for more than ten minutes means that the queue is down', async () => {
    await leaveMessage(11 * 60_000)
    const answer = await serve('/health')
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { ...well, status: 'degraded', components: { ...parts, queue: 'down' } },
    ])
  })

  test('one that waits for less does not', async () => {
    await leaveMessage(9 * 60_000)
    expect(await (await serve('/health')).json()).toEqual(well)
  })

  test('leaves no trace in the database', async () => {
    const before = await countRows('audit_log')
    await serve('/health')
    expect(await countRows('audit_log')).toBe(before)
  })
})

describe('a part that fails', () => {
  test.each(['queue', 'storage', 'rate_limiter'] as const)('degrades Lyceum: %s', async (part) => {
    const answer = await serveWith(without(part, failing), '/health')
    const text = await answer.text()
    expect([answer.status, JSON.parse(text)]).toEqual([200, degraded(part)])
    expect(text).not.toContain('SQLITE')
  })

  test.each(['/health', '/healthz', '/health/ready'])('and is the database ends service: %s', async (path) => {
    const answer = await serveWith(without('database', failing), path)
    const text = await answer.text()
    expect([answer.status, JSON.parse(text)]).toEqual([503, unhealthy])
    expect(text).not.toContain('SQLITE')
  })

  test('is named in the details, with what can still be known', async () => {
    const database = await serveWith(without('database', failing), '/health/details', asAdmin())
    expect([database.status, await database.json()]).toMatchObject([
      503,
      { status: 'unhealthy', components: { database: { state: 'down' } }, migrations: null, queue: null },
    ])
    const queue = await serveWith(without('queue', failing), '/health/details', asAdmin())
    const text = await queue.text()
    expect([queue.status, JSON.parse(text)]).toMatchObject([
      200,
      { status: 'degraded', components: { queue: { state: 'down' } }, queue: { backlog: null, outbox: 0 } },
    ])
    expect(text).not.toContain('SQLITE')
  })
})

describe('a part that hangs counts as down after two seconds, and holds up nothing else', () => {
  /** With how many questions still hang when all else has answered, each time two seconds pass. */
  const cases = [
    ['queue', '/health', [1], 200, degraded('queue')],
    ['storage', '/health', [1], 200, degraded('storage')],
    ['rate_limiter', '/health', [1, 1], 200, degraded('rate_limiter')],
    ['database', '/health', [2], 503, unhealthy],
    ['database', '/health/details', [3], 503, { status: 'unhealthy', migrations: null, queue: null }],
    ['rate_limiter', '/api/v1/terms', [1], 200, { success: true }],
  ] as const

  test.each(cases)('%s, for who asks for %s', async (part, path, waiting, status, found) => {
    const asked = vi.fn(hanging)
    const patience = twoSeconds()
    const answer = serveWith(without(part, asked), path, path === '/health' ? {} : asAdmin())
    for (const [round, hung] of waiting.entries()) {
      await vi.waitFor(() => expect([asked.mock.calls.length > round, patience.running()]).toEqual([true, hung]), soon)
      patience.runOut()
    }
    const response = await answer
    expect([response.status, await response.json()]).toMatchObject([status, found])
  })
})

/** Looked at all the time, as what is real takes its own. */
const soon = { interval: 1, timeout: 10_000 }

/** Whoever waits two seconds for something, no more and no less, waits until the test says that they have passed. */
function twoSeconds() {
  const { setTimeout: start, clearTimeout: stop } = globalThis
  const waiting = new Map<unknown, () => void>()
  onTestFinished(() => void vi.restoreAllMocks())
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((act: () => void, ms: number) => {
    if (ms !== 2000) return start(act, ms)
    const timer = start(() => undefined, 0)
    waiting.set(timer, act)
    return timer
  }) as typeof setTimeout)
  vi.spyOn(globalThis, 'clearTimeout').mockImplementation((timer) => {
    waiting.delete(timer)
    stop(timer)
  })
  return {
    running: () => waiting.size,
    runOut: () => {
      for (const act of waiting.values()) act()
      waiting.clear()
    },
  }
}

describe('the details of health', () => {
  const details = async () => (await admin.get('~/health/details')).data

  test('show latencies, migrations, the queue and the dead letters', async () => {
    await leaveMessage(90_000)
    await buriedLetter({ type: 'coffee.brew' })
    const component = { state: 'ok', latency_ms: expect.any(Number) }
    const found = await details()
    expect(found).toEqual({
      status: 'ok',
      version: expect.any(String),
      checked_at: expect.stringMatching(/Z$/),
      components: { database: component, queue: component, storage: component, rate_limiter: component },
      migrations: { applied: migrations.length, newest: migrations.toSorted().at(-1), pending: [] },
      last_backup: null,
      queue: {
        backlog: expect.any(Number),
        outbox: 1,
        outbox_oldest_seconds: expect.any(Number),
        dead_letters: await countRows("dead_letter where status = 'dead'"),
        newest_dead_letter_at: expect.stringMatching(/Z$/),
      },
      slowest_queries: expect.any(Array),
    })
    expect(found.queue!.outbox_oldest_seconds).toBeGreaterThanOrEqual(90)
    expect(found.queue!.dead_letters).toBeGreaterThan(0)
    expect(found.slowest_queries!.length).toBeGreaterThan(0)
  })

  test('name the migrations that were not applied yet', async () => {
    const [newest] = migrations.toSorted().toReversed()
    const row = await testEnv.DB.prepare('select * from d1_migrations where name = ?').bind(newest).first()
    await testEnv.DB.prepare('delete from d1_migrations where name = ?').bind(newest).run()
    try {
      expect((await details()).migrations).toMatchObject({ applied: migrations.length - 1, pending: [newest] })
    } finally {
      await testEnv.DB.prepare('insert into d1_migrations (id, name, applied_at) values (?, ?, ?)')
        .bind(row!['id'], newest, row!['applied_at'])
        .run()
    }
  })

  test('are for administrators', async () => {
    const anybody = await serve('/health/details')
    expect(anybody.status).toBe(401)
  })

  test('say so when the list of migrations is not there, and go on', async () => {
    const logged = vi.spyOn(console, 'error')
    const ASSETS = { fetch: () => Promise.resolve(new Response('not found', { status: 404 })) }
    const answer = await serveWith({ ASSETS } as unknown as Partial<Env>, '/health/details', asAdmin())
    expect(await answer.json()).toMatchObject({ status: 'ok', migrations: null })
    expect(logged.mock.calls.join()).toContain('"component":"migrations"')
    logged.mockRestore()
  })
})
