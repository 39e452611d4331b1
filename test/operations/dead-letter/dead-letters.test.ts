import { createExecutionContext } from 'cloudflare:test'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { newId } from '#/platform/context.ts'
import type { Env } from '#/platform/env.ts'
import worker from '#/worker.ts'
import { refusal } from '../../call.ts'
import { order, queuedJob, rendered } from '../../paperwork/transcript-job/jobs.ts'
import { forgetOldLetters } from '#/operations/dead-letter/index.ts'
import { backupWork } from '#/operations/backup/index.ts'
import { startRestore } from '#/operations/backup/start.ts'
import { putIndex } from '#/operations/backup-store/store.ts'
import { findRun, worker as quiet } from '../backup/backups.ts'
import { auditRows, countRows, type Persona, systemContext, testEnv, type World, world } from '../../world.ts'
import { buriedLetter, deliver } from '../../platform/queue/deliver.ts'

let w: World
let admin: Persona
let studentId: number
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
  studentId = (await w.student()).id
})

const letters = async (query = '') => (await admin.get(`/queues/dead-letters${query}`)).data.items
const retry = (id: number) => admin.post(`/queues/dead-letters/${id}/retry`)
const jobOf = async (id: string) => (await w.registrar.get(`/transcripts/jobs/${id}`)).data
const newJob = () => queuedJob(studentId, w.registrar)

/** Storage is down, so no transcript can be rendered. */
const broken = { ...testEnv, DOCUMENTS: { put: () => Promise.reject(new Error('no storage')) } } as unknown as Env

/** What a worker without storage asks of the queue after this delivery. */
async function delayOf(message: { id: string; body: unknown; attempts: number }) {
  const asked: unknown[] = []
  const handed = {
    ...message,
    timestamp: new Date(),
    ack: () => asked.push('ack'),
    retry: (how: unknown) => asked.push(how),
  }
  const batch = { queue: 'lyceum-work', messages: [handed] } as unknown as MessageBatch
  await worker.queue(batch, broken, createExecutionContext())
  return asked
}

describe('a message that fails each time', () => {
  test('is tried ever later, holds up nobody, ends in the dead letters, and succeeds once it is repaired', async () => {
    const [job, other] = [await newJob(), await newJob()]
    const message = { id: newId(), body: order(job) }
    for (const attempts of [1, 2, 3, 4, 5, 6])
      expect(await delayOf({ ...message, attempts })).toEqual([{ delaySeconds: 2 ** attempts }])
    const both = await deliver(
      'lyceum-work',
      { id: 'poison', body: { type: 'coffee.brew' } },
      { id: 'fine', body: order(other) },
    )
    expect([both.done, (await jobOf(other)).status]).toEqual([['fine'], 'ready'])
    await deliver('lyceum-dead-letters', message)
    expect(await jobOf(job)).toMatchObject({ status: 'failed', error_code: 'GAVE_UP' })

    const [letter] = await letters('?page_size=1')
    expect(letter).toMatchObject({ type: 'transcript.render', status: 'dead', message: message.body, deaths: 1 })
    const answer = await retry(letter!.id)
    expect([answer.status, answer.data]).toMatchObject([200, { status: 'retried', retried_by: admin.userId }])
    expect(await auditRows('dead_letter', letter!.id)).toMatchObject([
      { action: 'dead_letter.retry', actor_id: admin.userId },
    ])
    await rendered(w.registrar, job)
    expect(await jobOf(job)).toMatchObject({ error_code: null, issue_id: expect.any(String) })
  })
})

describe('sending a dead letter again', () => {
  /** The queue takes it and loses it: what becomes of the work is not this test's matter. */
  async function lost<T>(act: () => Promise<T>): Promise<T> {
    const send = vi.spyOn(testEnv.QUEUE, 'sendBatch').mockResolvedValue(undefined as never)
    try {
      return await act()
    } finally {
      send.mockRestore()
    }
  }

  test('is possible once, and once more when it has died again', async () => {
    const body = order(await newJob())
    const id = await buriedLetter(body)
    await lost(async () => {
      expect((await retry(id)).status).toBe(200)
      const before = [await countRows('audit_log'), await countRows('outbox')]
      expect(refusal(await retry(id))).toEqual([409, 'DEAD_LETTER_RETRIED'])
      expect([await countRows('audit_log'), await countRows('outbox')]).toEqual(before)
      expect(await buriedAgain(body)).toEqual({ id, deaths: 2, status: 'dead' })
      expect((await retry(id)).data).toMatchObject({ id, deaths: 2, status: 'retried' })
    })
  })

  /** It dies under another id of the queue, and is the same letter. */
  async function buriedAgain(body: { id: string }) {
    await deliver('lyceum-dead-letters', { id: newId(), body })
    return testEnv.DB.prepare('select id, deaths, status from dead_letter where origin_id = ?').bind(body.id).first()
  }

  test('by two at the same moment is done by one of them', async () => {
    const id = await buriedLetter(order(await newJob()))
    const answers = await lost(() => Promise.all([retry(id), retry(id), retry(id)]))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409])
  })

  test('keeps the id of the message, by which its consumer knows it', async () => {
    const body = order(await newJob())
    const send = vi.spyOn(testEnv.QUEUE, 'sendBatch').mockResolvedValue(undefined as never)
    await retry(await buriedLetter(body))
    await vi.waitFor(() => expect(send).toHaveBeenCalledWith([{ body }]))
    send.mockRestore()
    await vi.waitFor(async () => expect(await countRows('outbox')).toBe(0))
  })

  test('does not undo a failure that had a reason of its own', async () => {
    const job = await newJob()
    const body = order(job)
    await testEnv.DB.prepare(
      "update transcript_job set status = 'failed', error_code = 'STUDENT_NOT_FOUND', finished_at = created_at where id = ?",
    )
      .bind(job)
      .run()
    const id = await buriedLetter(body)
    expect((await lost(() => retry(id))).status).toBe(200)
    expect(await jobOf(job)).toMatchObject({ status: 'failed', error_code: 'STUDENT_NOT_FOUND' })
  })

  test('does not begin a restore again that was given up: it is asked for anew', async () => {
    const at = new Date().toISOString()
    const summary = { created_at: at, finished_at: at, rows: 0, bytes: 0, kid: 'none', verified_at: at, is_good: true }
    await putIndex(quiet(), { header: '', segments: [] }, { ...summary, name: 'long-ago' })
    const run = await startRestore(quiet(), 'long-ago', 'long-ago')
    const body = { id: newId(), type: 'backup.work', run_id: run.id }
    const id = await buriedLetter(body)
    expect(await findRun(run.id)).toMatchObject({ error_code: 'BACKUP_GAVE_UP' })
    expect(refusal(await lost(() => retry(id)))).toEqual([409, 'DEAD_LETTER_OVER'])
    await quiet().db.batch([backupWork.messageType.consumer.revive(quiet(), body) as never])
    expect((await findRun(run.id)).finished_at).not.toBeNull()
  })

  test('that nobody understands is refused, and so is one that there is not', async () => {
    for (const body of [{ id: 'x', type: 'coffee.brew' }, { id: 'x', type: 'transcript.render' }, 'text', null])
      expect(refusal(await retry(await buriedLetter(body)))).toEqual([409, 'DEAD_LETTER_UNREADABLE'])
    expect(refusal(await retry(999_999))).toEqual([404, 'DEAD_LETTER_NOT_FOUND'])
  })
})

describe('the list of dead letters', () => {
  test('is narrowed by type and status', async () => {
    const [unknown, mail] = [
      await buriedLetter({ type: 'coffee.brew' }),
      await buriedLetter({ id: newId(), type: 'result-changed.mail', change_id: 999 }),
    ]
    const ids = async (query: string) => (await letters(query)).map(({ id }: { id: number }) => id)
    expect(await ids('?type=unknown&page_size=1')).toEqual([unknown])
    expect(await ids('?type=result-changed.mail')).toEqual([mail])
    await retry(mail)
    expect(await ids('?type=result-changed.mail&status=dead')).toEqual([])
    expect(await ids('?type=result-changed.mail&status=retried')).toEqual([mail])
    expect((await admin.get('/queues/dead-letters?status=gone')).status).toBe(422)
  })

  test('shows of a message its ids and nothing that somebody may have put beside them', async () => {
    const known = { ...order(newId()), email: 'eleni@lyceum.test' }
    const ids = [await buriedLetter(known), await buriedLetter({ type: 'coffee.brew', for: 'eleni@lyceum.test' })]
    const found = (await letters('?page_size=2&ordering=-id')) as { id: number; message: object | null }[]
    expect(found.map(({ id, message }) => [id, message && Object.keys(message)])).toEqual([
      [ids[1], null],
      [ids[0], ['id', 'type', 'job_id']],
    ])
    expect(JSON.stringify(found)).not.toContain('eleni')
  })
})

test('a letter that was sent again is kept for ninety days to the moment', async () => {
  const id = await buriedLetter({ id: newId(), type: 'result-changed.mail', change_id: 998 })
  await retry(id)
  const retried = (await letters('?type=result-changed.mail&ordering=-id'))[0]!.retried_at!
  const forget = (ms: number) =>
    forgetOldLetters({ ...systemContext(), now: new Date(Date.parse(retried) + 90 * 86_400_000 + ms).toISOString() })
  await forget(0)
  expect(await countRows(`dead_letter where id = ${id}`)).toBe(1)
  await forget(1)
  expect(await countRows(`dead_letter where id = ${id}`)).toBe(0)
})

test('what waits in the outbox after any write names people by id', async () => {
  const send = vi.spyOn(testEnv.QUEUE_MAIL, 'sendBatch').mockRejectedValue(new Error('no queue'))
  await admin.post('/users/invitations', { email: 'anna@lyceum.test', full_name: 'Άννα', role: 'faculty' })
  await w.anonymous.post('/auth/password-reset/request', { email: 'anna@lyceum.test' })
  const { results } = await testEnv.DB.prepare('select message from outbox order by created_at').all<{
    message: string
  }>()
  send.mockRestore()
  await testEnv.DB.prepare('delete from outbox').run()
  const fields = results.map(({ message }) => Object.keys(JSON.parse(message) as object))
  expect(fields).toEqual([
    ['type', 'invitation_id'],
    ['type', 'reset_id'],
  ])
  expect(JSON.stringify(results)).not.toMatch(/anna|Άννα/)
})
