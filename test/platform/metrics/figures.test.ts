import {
  createExecutionContext,
  createMessageBatch,
  createScheduledController,
  waitOnExecutionContext,
} from 'cloudflare:test'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId, system } from '#/platform/context.ts'
import { settingsOf } from '#/platform/env.ts'
import { signAccessToken } from '#/access/session/index.ts'
import { readGauges } from '#/platform/gauge/read-gauges.ts'
import { gauges } from '#/wiring/gauges.ts'
import { schedule } from '#/wiring/schedule.ts'
import worker from '#/worker.ts'
import { json, serve, serveWith } from '../http/serve.ts'
import { password, persona, systemContext, testEnv, unique, type World, world } from '../../world.ts'
import { grown, scrape } from './scrape.ts'

let w: World
let authorization: string
beforeAll(async () => {
  w = await world()
  authorization = `Bearer ${w.registrar.token}`
})

/** As if more time than gauges are kept had passed. */
let minutes = 0
const gaugesNow = () =>
  readGauges({ ...systemContext(), now: new Date(Date.now() + (minutes += 1) * 60_000).toISOString() }, gauges)

describe('what the database was asked', () => {
  test('is counted in statements, rows read and rows written', async () => {
    const { id } = await w.program()
    const read = await grown(() => w.registrar.get(`/programs/${id}`))
    expect([read('db_queries_total'), read('db_rows_written_total')]).toEqual([1, 0])
    expect(read('db_rows_read_total')).toBeGreaterThanOrEqual(1)
    expect(read('db_query_duration_seconds_count')).toBe(1)
    const written = await grown(() => w.registrar.post('/programs', { code: `F${unique()}`, title: 'x' }))
    expect(written('db_queries_total')).toBe(5)
    expect(written('db_rows_written_total')).toBeGreaterThanOrEqual(2)
    expect(written('db_query_duration_seconds_count')).toBe(5)
  })

  test('that failed is counted, and has no duration; what else is wrong, and who has the code, is asked after that', async () => {
    const code = `F${unique()}`
    await w.registrar.post('/programs', { code, title: 'x' })
    const growth = await grown(() => w.registrar.post('/programs', { code, title: 'x' }))
    expect([growth('db_queries_total'), growth('db_query_duration_seconds_count')]).toEqual([7, 2])
  })
})

describe('the limiter', () => {
  const limited = { RATE_LIMIT_SCALE: '1' }

  test('counts what it refuses, by class', async () => {
    // A number that no account of another file has: the limiter may remember those.
    const actor = { ...system, id: 900_000 + unique(), role: 'student' as const, sessionId: newId() }
    const token = await signAccessToken(settingsOf(testEnv), actor, new Date().toISOString())
    const headers = { authorization: `Bearer ${token}`, 'cf-connecting-ip': '203.0.113.77' }
    const growth = await grown(async () => {
      for (let i = 0; i < 125; i += 1)
        await serveWith(limited, '/health/live', { headers: { 'cf-connecting-ip': '203.0.113.77' } })
      await serveWith(limited, '/api/v1/auth/me', { headers })
    })
    expect(growth('rate_limited_total{class="public"}')).toBe(5)
    expect(growth('rate_limited_total{class="read"}')).toBe(0)
  })

  test('that cannot be reached is counted', async () => {
    const broken = { GATE: undefined } as object
    const growth = await grown(async () => {
      await serveWith(broken, '/api/v1/programs', { headers: { authorization } })
      await serveWith(broken, '/api/v1/auth/login', json('POST', { email: 'a@lyceum.test', password }))
    })
    expect(growth('rate_limiter_failures_total')).toBe(2)
  })
})

test('sign-ins are counted by their outcome', async () => {
  const { email } = await persona('faculty')
  const signIn = (password: string) => serve('/api/v1/auth/login', json('POST', { email, password }))
  const outcomes = (growth: (key: string) => number) =>
    ['signed_in', 'refused', 'locked', 'code_asked', 'rate_limited'].map((one) =>
      growth(`auth_attempts_total{outcome="${one}"}`),
    )
  expect(outcomes(await grown(() => signIn(password)))).toEqual([1, 0, 0, 0, 0])
  const growth = await grown(async () => {
    for (let i = 0; i < 5; i += 1) await signIn('Wrong-Horse-9!')
    await signIn(password)
  })
  expect(outcomes(growth)).toEqual([0, 5, 1, 0, 0])
})

test('messages are counted by type and outcome, and no other type becomes a label', async () => {
  const bodies: Record<string, unknown> = {
    done: { id: newId(), type: 'transcript.render', job_id: newId() },
    failed: { id: newId(), type: 'transcript.render', job_id: 5 },
    strange: { id: newId(), type: 'coffee.brew' },
    inherited: { id: newId(), type: 'toString' },
    nothing: null,
  }
  const deliver = async (queue: string) => {
    const sent = Object.entries(bodies).map(([id, body]) => ({ id, body, attempts: 1, timestamp: new Date() }))
    const execution = createExecutionContext()
    await worker.queue(createMessageBatch(queue, sent), testEnv, execution)
    await waitOnExecutionContext(execution)
  }
  const messages = (type: string, outcome: string) => `queue_messages_total{type="${type}",outcome="${outcome}"}`
  const growth = await grown(() => deliver('lyceum-work'))
  expect(growth(messages('transcript.render', 'done'))).toBe(1)
  expect(growth(messages('transcript.render', 'failed'))).toBe(1)
  expect(growth(messages('unknown', 'failed'))).toBe(3)
  const buried = await grown(() => deliver('lyceum-dead-letters'))
  expect(buried(messages('transcript.render', 'dead'))).toBe(2)
  expect(buried(messages('unknown', 'dead'))).toBe(3)
  expect([...(await scrape()).keys()].filter((key) => key.includes('coffee'))).toEqual([])
})

test('jobs are counted by name and outcome, and timed', async () => {
  const run = async () => {
    const execution = createExecutionContext()
    await worker.scheduled(createScheduledController({ cron: '0 2 * * *' }), testEnv, execution)
    await waitOnExecutionContext(execution)
  }
  const runs = (job: string, outcome: string) => `job_runs_total{job="${job}",outcome="${outcome}"}`
  await testEnv.DB.prepare('alter table idempotency_key rename to idempotency_key_away').run()
  const growth = await grown(run).finally(() =>
    testEnv.DB.prepare('alter table idempotency_key_away rename to idempotency_key').run(),
  )
  expect([growth(runs('forget-old-keys', 'failed')), growth(runs('forget-old-keys', 'done'))]).toEqual([1, 0])
  for (const job of Object.keys(schedule['0 2 * * *']!)) {
    expect([job, growth(`job_duration_seconds_count{job="${job}"}`)]).toEqual([job, 1])
    if (job !== 'forget-old-keys') expect([job, growth(runs(job, 'done'))]).toEqual([job, 1])
  }
})

test('transcripts are timed', async () => {
  const { id } = await w.student()
  const growth = await grown(() => w.registrar.get(`/transcripts/${id}?language=en`))
  expect(growth('transcript_render_seconds_count')).toBe(1)
  expect(growth('transcript_render_seconds_sum')).toBeGreaterThan(0)
})

describe('gauges', () => {
  test('tell how things stand', async () => {
    const before = await gaugesNow()
    const term = await w.term()
    const section = await w.section({ term_id: term.id })
    const [here, gone] = [await w.student(), await w.student()]
    await w.enroll(section.id, here.id)
    await w.registrar.delete(`/students/${gone.id}`)
    await testEnv.DB.batch([
      testEnv.DB.prepare(
        "insert into dead_letter (message_id, message, attempts, failed_at) values ('g', '{}', 6, '')",
      ),
      testEnv.DB.prepare(`insert into outbox values ('g', '{"type":"none"}', ?)`).bind(
        new Date(Date.now() - 3_600_000).toISOString(),
      ),
      testEnv.DB.prepare(
        "insert into transcript_job (id, student_id, language, requested_by, created_at) values ('g', ?, 'el', ?, '2026-11-20T00:00:00.000Z')",
      ).bind(here.id, w.registrar.userId),
    ])
    const after = await gaugesNow()
    const growth = Object.fromEntries(
      Object.entries(after).map(([name, value]) => [name, value - before[name as 'students']!]),
    )
    expect(growth).toMatchObject({
      students: 1,
      open_term_enrollments: 1,
      dead_letters: 1,
      outbox_messages: 1,
      transcript_jobs_queued: 1,
    })
    expect(before.outbox_oldest_age_seconds).toBe(0)
    expect(after.outbox_oldest_age_seconds! - minutes * 60).toBeCloseTo(3600, -1)
    await testEnv.DB.batch(
      ['outbox', 'transcript_job', 'dead_letter'].map((table) => testEnv.DB.prepare(`delete from ${table}`)),
    )
  })

  test('of a term that is closed no longer count its seats', async () => {
    const term = await w.term()
    await w.enroll((await w.section({ term_id: term.id })).id, (await w.student()).id)
    const open = (await gaugesNow()).open_term_enrollments!
    await w.registrar.post(`/terms/${term.id}/close`)
    expect((await gaugesNow()).open_term_enrollments).toBe(open - 1)
  })

  test('have the age of the newest backup that was made, and none where there is none', async () => {
    await testEnv.DB.prepare('delete from backup_run').run()
    expect(await gaugesNow()).not.toHaveProperty('backup_age_seconds')
    const runs = [
      ['made', null, 7200],
      ['failed', 'BACKUP_GAVE_UP', 60],
    ] as const
    for (const [id, code, age] of runs) {
      const at = new Date(Date.now() - age * 1000).toISOString()
      await testEnv.DB.prepare(
        `insert into backup_run (id, task, name, progress, error_code, created_at, updated_at, finished_at) values (?, 'backup', ?, '{}', ?, ?, ?, ?)`,
      )
        .bind(id, id, code, at, at, at)
        .run()
    }
    expect((await gaugesNow()).backup_age_seconds! - minutes * 60).toBeCloseTo(7200, -1)
    await testEnv.DB.prepare('delete from backup_run').run()
  })

  test('are read from the database twice a minute at most', async () => {
    await gaugesNow()
    minutes += 1
    const now = new Date(Date.now() + minutes * 60_000).toISOString()
    const ctx = { ...systemContext(), now }
    const { students } = await readGauges(ctx, gauges)
    await w.student()
    expect((await readGauges(ctx, gauges))['students']).toBe(students)
    expect((await gaugesNow())['students']).toBe(students! + 1)
  })

  test('say that the database is down, and what the settings tell', async () => {
    minutes += 1
    const away = { ...systemContext(), now: new Date(Date.now() + minutes * 60_000).toISOString() }
    await testEnv.DB.prepare('alter table dead_letter rename to dead_letter_away').run()
    try {
      expect(await readGauges(away, gauges)).toEqual({
        database_up: 0,
        database_size_bytes: expect.any(Number),
        seal_certificate_expires_seconds: expect.any(Number),
      })
    } finally {
      await testEnv.DB.prepare('alter table dead_letter_away rename to dead_letter').run()
    }
    expect(await gaugesNow()).toMatchObject({ database_up: 1 })
  })

  test('say how large the database is, as its last answer had it', async () => {
    const { meta } = await testEnv.DB.prepare('select 1').run()
    expect(meta.size_after).toBeGreaterThan(100_000)
    expect((await gaugesNow())['database_size_bytes']).toBe(meta.size_after)
  })

  test('are served', async () => {
    const samples = await scrape()
    expect(samples.get('database_up')).toBe(1)
    for (const name of [
      'students',
      'open_term_enrollments',
      'transcript_jobs_queued',
      'dead_letters',
      'outbox_messages',
      'outbox_oldest_age_seconds',
    ])
      expect([name, samples.has(name)]).toEqual([name, true])
  })
})
