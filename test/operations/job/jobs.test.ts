import { createExecutionContext, createScheduledController, waitOnExecutionContext } from 'cloudflare:test'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { refusal } from '../../call.ts'
import { backgroundContext } from '#/platform/background-context.ts'
import type { Env } from '#/platform/env.ts'
import { runByClock } from '#/operations/job/index.ts'
import { schedule } from '#/wiring/schedule.ts'
import worker from '#/worker.ts'
import { json, serveWith } from '../../platform/http/serve.ts'
import { auditRows, countRows, type Persona, systemContext, testEnv, world } from '../../world.ts'

let admin: Persona
beforeAll(async () => {
  admin = await (await world()).admin()
})
beforeEach(async () => {
  await testEnv.DB.prepare('delete from job_run').run()
})

interface Shown {
  name: string
  status: string
  [field: string]: unknown
}

const names = Object.values(schedule).flatMap((jobs) => Object.keys(jobs))
const jobs = async (): Promise<Shown[]> => (await admin.get('/jobs')).data.items
const jobNamed = async (name: string) => (await jobs()).find((job) => job.name === name)!
const byHand = (name: string) => admin.post(`/jobs/${name}/run`)
const ago = (ms: number) => new Date(Date.now() - ms).toISOString()

async function byClock(cron: string, env: Env = testEnv) {
  const execution = createExecutionContext()
  await worker.scheduled(createScheduledController({ cron }), env, execution)
  await waitOnExecutionContext(execution)
}

/** Somebody is at it, until then. */
const lease = (name: string, until: string, run = 'other') =>
  testEnv.DB.prepare('insert into job_run (name, run_id, leased_until, started_at) values (?, ?, ?, ?)')
    .bind(name, run, until, ago(60_000))
    .run()

async function withoutTable<T>(table: string, look: () => Promise<T>): Promise<T> {
  await testEnv.DB.prepare(`alter table ${table} rename to ${table}_away`).run()
  try {
    return await look()
  } finally {
    await testEnv.DB.prepare(`alter table ${table}_away rename to ${table}`).run()
  }
}

describe('the list of jobs', () => {
  test('names every job, also those that never ran, with its next run', async () => {
    const found = await jobs()
    expect(found.map(({ name }) => name)).toEqual(names)
    expect(new Set(found.map(({ status }) => status))).toEqual(new Set(['never_run']))
    const { next_run_at, ...sweep } = found[0]!
    expect(sweep).toEqual({
      name: 'sweep-outbox',
      cron: '*/5 * * * *',
      status: 'never_run',
      started_at: null,
      finished_at: null,
      duration_ms: null,
      handled: null,
      error_code: null,
      succeeded_at: null,
    })
    const ahead = Date.parse(String(next_run_at)) - Date.now()
    expect([ahead > 0, ahead <= 5 * 60_000]).toEqual([true, true])
  })

  test('says of every job how its run ended and what it did', async () => {
    for (const cron of Object.keys(schedule)) await byClock(cron)
    for (const job of await jobs())
      expect(job).toMatchObject({
        status: 'ok',
        handled: expect.any(Number),
        duration_ms: expect.any(Number),
        error_code: null,
        started_at: expect.any(String),
        succeeded_at: job['finished_at'],
      })
  })

  test('says what failed by a code and no more, and when it last went well', async () => {
    await byClock('0 2 * * *')
    const { succeeded_at } = await jobNamed('forget-old-keys')
    await withoutTable('idempotency_key', () => byClock('0 2 * * *'))
    expect(await jobNamed('forget-old-keys')).toMatchObject({
      status: 'failed',
      error_code: 'INTERNAL_SERVER_ERROR',
      handled: null,
      succeeded_at,
    })
    expect(JSON.stringify(await jobs())).not.toMatch(/idempotency_key|D1|SQL/)
    const others = (await jobs()).filter(({ cron, name }) => cron === '0 2 * * *' && name !== 'forget-old-keys')
    expect(new Set(others.map(({ status }) => status))).toEqual(new Set(['ok']))
  })

  test('tells a run that is under way from one that died', async () => {
    await lease('sweep-outbox', new Date(Date.now() + 60_000).toISOString())
    await lease('resume-imports', ago(1))
    expect([(await jobNamed('sweep-outbox')).status, (await jobNamed('resume-imports')).status]).toEqual([
      'running',
      'died',
    ])
  })
})

describe('a run by hand', () => {
  test('does the work, answers how it went, and leaves one audit row', async () => {
    await testEnv.DB.prepare("insert into idempotency_key values (?, 'old', 'f', null, 201, null, ?)")
      .bind(admin.userId, ago(3 * 86_400_000))
      .run()
    const answer = await byHand('forget-old-keys')
    expect([answer.status, answer.data]).toMatchObject([200, { name: 'forget-old-keys', status: 'ok', handled: 1 }])
    expect(answer.data).toEqual(await jobNamed('forget-old-keys'))
    expect(await auditRows('job', 'forget-old-keys')).toMatchObject([{ action: 'job.run', actor_id: admin.userId }])
  })

  test('that fails is answered, without the exception', async () => {
    const { status, data } = await withoutTable('idempotency_key', () => byHand('forget-old-keys'))
    expect([status, data.status, data.error_code]).toEqual([200, 'failed', 'INTERNAL_SERVER_ERROR'])
  })

  test('of a job that there is not is refused, and leaves nothing', async () => {
    const before = await countRows('audit_log')
    for (const name of ['make-coffee', 'sweepOutbox', 'toString', '*'])
      expect(refusal(await byHand(name))).toEqual([404, 'JOB_NOT_FOUND'])
    expect([await countRows('audit_log'), await countRows('job_run')]).toEqual([before, 0])
  })

  test('while another one is at it is refused by the database', async () => {
    await testEnv.DB.prepare("insert into outbox values ('slow', ?, ?)")
      .bind('{"type":"coffee.brew"}', ago(3_600_000))
      .run()
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    const QUEUE = { sendBatch: () => released } as unknown as Env['QUEUE']
    const init = json('POST', undefined, { authorization: `Bearer ${admin.token}` })
    const first = serveWith({ QUEUE }, '/api/v1/jobs/sweep-outbox/run', init)
    await vi.waitFor(async () => expect((await jobNamed('sweep-outbox')).status).toBe('running'))
    const before = await countRows('audit_log')
    expect(refusal(await byHand('sweep-outbox'))).toEqual([409, 'JOB_UNDER_WAY'])
    expect(await countRows('audit_log')).toBe(before)
    release()
    expect(await (await first).json()).toMatchObject({ data: { status: 'ok', handled: 1 } })
    expect((await byHand('sweep-outbox')).data).toMatchObject({ status: 'ok', handled: 0 })
  })

  test('after one that died waits for the end of its lease, no longer', async () => {
    await lease('sweep-outbox', new Date(Date.now() + 60_000).toISOString())
    expect(refusal(await byHand('sweep-outbox'))).toEqual([409, 'JOB_UNDER_WAY'])
    await testEnv.DB.prepare('update job_run set leased_until = ?').bind(ago(1)).run()
    expect((await byHand('sweep-outbox')).data.status).toBe('ok')
  })

  test('that is repeated with its Idempotency-Key is not made again', async () => {
    const key = { 'idempotency-key': 'once' }
    const first = await admin.post('/jobs/sweep-outbox/run', undefined, key)
    const again = await admin.post('/jobs/sweep-outbox/run', undefined, key)
    expect([again.headers.get('idempotent-replayed'), again.data]).toEqual(['true', first.data])
  })
})

describe('a run by the clock', () => {
  test('leaves a job that is under way alone, says so, and goes on with the others', async () => {
    await lease('sweep-outbox', new Date(Date.now() + 60_000).toISOString())
    const warned = vi.spyOn(console, 'warn')
    await byClock('*/5 * * * *')
    expect(warned.mock.calls.flat().map((line) => JSON.parse(line as string))).toMatchObject([
      { event: 'job_skipped', job: 'sweep-outbox' },
    ])
    warned.mockRestore()
    expect((await jobs()).slice(0, 4).map(({ status }) => status)).toEqual(['running', 'ok', 'ok', 'ok'])
  })

  test('has a lease of a quarter of an hour, at whose end another one begins and not before', async () => {
    const ctx = systemContext()
    const end = Date.parse(ctx.now) + 15 * 60_000
    const begun: string[] = []
    const beginAt = (ms: number, more = async () => {}) => {
      const now = new Date(ms).toISOString()
      return runByClock({ ...ctx, now }, 'leased', async () => {
        begun.push(now)
        await more()
        return 1
      })
    }
    await beginAt(Date.parse(ctx.now), async () => {
      await beginAt(end - 1)
      await beginAt(end)
    })
    expect(begun).toEqual([ctx.now, new Date(end).toISOString()])
  })

  test('that outlives its lease does not speak for the run after it', async () => {
    const ctx = backgroundContext(testEnv, { waitUntil: () => undefined }, 'system.read', 'slow')
    await runByClock(ctx, 'slow', async () => {
      await testEnv.DB.prepare("update job_run set leased_until = null where name = 'slow'").run()
      await runByClock(systemContext(), 'slow', async () => 7)
      return 1
    })
    const row = await testEnv.DB.prepare("select * from job_run where name = 'slow'").first()
    expect(row).toMatchObject({ outcome: 'ok', handled: 7 })
  })

  test('gives a job the place where its last run left off', async () => {
    const seen: number[] = []
    const job = (_: unknown, position: number) => {
      seen.push(position)
      return Promise.resolve({ handled: 1, position: position + 10 })
    }
    for (const _ of [1, 2]) await runByClock(systemContext(), 'rolling', job)
    await runByClock(systemContext(), 'rolling', () => Promise.reject(new Error('nothing done')))
    await runByClock(systemContext(), 'rolling', job)
    expect(seen).toEqual([0, 10, 20])
  })
})
