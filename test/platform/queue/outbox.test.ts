import { createExecutionContext, createScheduledController, waitOnExecutionContext } from 'cloudflare:test'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { newId } from '#/platform/context.ts'
import type { Env } from '#/platform/env.ts'
import worker from '#/worker.ts'
import { json } from '../http/serve.ts'
import { countRows, testEnv, type World, world } from '../../world.ts'
import { everyQueue } from './every-queue.ts'

let w: World
let studentId: number
beforeAll(async () => {
  w = await world()
  studentId = (await w.student()).id
})
afterEach(async () => {
  await testEnv.DB.prepare('delete from outbox').run()
})

const patience = { timeout: 15_000, interval: 100 }
const jobOf = async (id: string) => (await w.registrar.get(`/transcripts/jobs/${id}`)).data

/** A deployment that loses everything on its way to the queue, as when the worker dies right after its commit. */
const noQueue = everyQueue(undefined) as unknown as Partial<Env>

async function order(vars: Partial<Env> = {}): Promise<string> {
  const execution = createExecutionContext()
  const init = json('POST', { student_id: studentId }, { authorization: `Bearer ${w.registrar.token}` })
  const request = new Request('http://lyceum.test/api/v1/transcripts/enqueue', init)
  const answer = await worker.fetch(request as Parameters<typeof worker.fetch>[0], { ...testEnv, ...vars }, execution)
  expect(answer.status).toBe(202)
  ;[afterwards] = await Promise.allSettled([waitOnExecutionContext(execution)])
  return ((await answer.json()) as { data: { job_id: string } }).data.job_id
}

/** How the work that outlived the last order ended. */
let afterwards: PromiseSettledResult<void>

async function runCron(cron = '*/5 * * * *') {
  const execution = createExecutionContext()
  await worker.scheduled(createScheduledController({ cron }), testEnv, execution)
  await waitOnExecutionContext(execution)
}

const leave = (jobId: string, ageMs: number) =>
  testEnv.DB.prepare('insert into outbox values (?, ?, ?)')
    .bind(
      newId(),
      JSON.stringify({ type: 'transcript.render', job_id: jobId }),
      new Date(Date.now() - ageMs).toISOString(),
    )
    .run()
const age = (ageMs: number) =>
  testEnv.DB.prepare('update outbox set created_at = ?')
    .bind(new Date(Date.now() - ageMs).toISOString())
    .run()

describe('a write that something must follow', () => {
  test('reaches the queue, and the message leaves the outbox', async () => {
    const id = await order()
    expect(await countRows('outbox')).toBe(0)
    await vi.waitFor(async () => expect((await jobOf(id)).status).toBe('ready'), patience)
  })

  test('whose message got lost is answered all the same and keeps it in the outbox', async () => {
    const id = await order(noQueue)
    const row = await testEnv.DB.prepare('select message from outbox').first<{ message: string }>()
    expect(JSON.parse(row!.message)).toEqual({ type: 'transcript.render', job_id: id })
    expect((await jobOf(id)).status).toBe('queued')
  })

  test('does not fail afterwards when the queue takes nothing: the sweep will send it', async () => {
    await order(noQueue)
    expect(afterwards.status).toBe('fulfilled')
  })

  test('that is refused leaves no message', async () => {
    const answer = await w.registrar.post('/transcripts/enqueue', { student_id: 999_999 })
    expect([answer.status, answer.error?.code]).toEqual([404, 'STUDENT_NOT_FOUND'])
    expect(await countRows('outbox')).toBe(0)
  })
})

describe('the sweep', () => {
  test('sends what is older than a minute, and the work gets done', async () => {
    const id = await order(noQueue)
    await age(61_000)
    await runCron()
    expect(await countRows('outbox')).toBe(0)
    await vi.waitFor(async () => expect((await jobOf(id)).status).toBe('ready'), patience)
  })

  test('leaves what is younger: its request is probably sending it', async () => {
    await order(noQueue)
    await age(55_000)
    await runCron()
    expect(await countRows('outbox')).toBe(1)
  })

  test('sends a hundred a run, oldest first', async () => {
    const id = await order(noQueue)
    await testEnv.DB.prepare("update transcript_job set status = 'failed', finished_at = created_at where id = ?")
      .bind(id)
      .run()
    await age(120_000)
    for (let i = 0; i < 101; i += 1) await leave(id, 240_000 + i)
    await runCron()
    expect(await countRows('outbox')).toBe(2)
    const left = await testEnv.DB.prepare('select min(created_at) as oldest from outbox').first<{ oldest: string }>()
    expect(Date.now() - Date.parse(left!.oldest)).toBeLessThan(241_000)
    await runCron()
    expect(await countRows('outbox')).toBe(0)
  })

  test('keeps the messages when the queue does not take them', async () => {
    await order(noQueue)
    await age(61_000)
    const execution = createExecutionContext()
    await worker.scheduled(createScheduledController({ cron: '*/5 * * * *' }), { ...testEnv, ...noQueue }, execution)
    await waitOnExecutionContext(execution)
    expect(await countRows('outbox')).toBe(1)
  })
})
