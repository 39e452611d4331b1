import { beforeAll, describe, expect, test } from 'vitest'
import { refusal, badFields } from '../../call.ts'
import { sweepOutbox } from '#/platform/queue/sweep-outbox.ts'
import { auditRows, countRows, type Persona, systemContext, type World, world } from '../../world.ts'
import { execute, taken } from '../../grading/graded-section.ts'
import { bytesOf, textOf } from '../transcript/issued.ts'
import { order, queuedJob, rendered } from './jobs.ts'

let w: World
let me: Persona
beforeAll(async () => {
  w = await world()
  me = await w.studentPersona()
  await taken(w, me.studentId!, 85.5, { course_id: (await w.course({ title: 'Operating Systems' })).id })
})

const queued = (student = me.studentId!) => queuedJob(student, w.registrar)
const jobOf = async (id: string) => (await w.registrar.get(`/transcripts/jobs/${id}`)).data

describe('ordering a transcript', () => {
  test('answers 202 with the job, leaves one audit row, and the queue does the rest', async () => {
    const body = { student_id: me.studentId, language: 'el', email: 'Me@Example.org' }
    const answer = await w.registrar.post('/transcripts/enqueue', body)
    const job = { job_id: expect.stringMatching(/^[\w-]{22}$/), status: 'queued' }
    expect([answer.status, answer.data]).toEqual([202, job])
    const { job_id } = answer.data
    const [audit, ...others] = await auditRows('transcript_job', job_id)
    expect(others).toEqual([])
    expect(audit).toMatchObject({ action: 'transcript.issue', actor_id: w.registrar.userId, status: 202 })
    await rendered(w.registrar, job_id)
    expect(await jobOf(job_id)).toMatchObject({ student_id: me.studentId, language: 'el', error_code: null })
    await expect.poll(() => countRows('outbox')).toBe(0)
    await expect.poll(() => countRows('mail_delivery where sent_at is not null'), { timeout: 10_000 }).toBe(1)
    const file = await w.registrar.get(`/transcripts/jobs/${job_id}/file`)
    expect(await textOf(await bytesOf(file))).toContain('Αναλυτική Βαθμολογία')
  }, 30_000)

  test('is open to students for themselves', async () => {
    const { status, data } = await me.post('/transcripts/enqueue', { student_id: me.studentId })
    expect(status).toBe(202)
    await rendered(me, data.job_id)
    expect((await me.get(`/transcripts/jobs/${data.job_id}/file`)).status).toBe(200)
  }, 30_000)

  test('what was left behind between commit and queue is swept and rendered', async () => {
    const id = await queued()
    const { id: messageId, ...message } = order(id)
    const before = new Date(Date.now() - 120_000).toISOString()
    await execute('insert into outbox values (?, ?, ?)', messageId, JSON.stringify(message), before)
    await sweepOutbox(systemContext())
    expect(await countRows('outbox')).toBe(0)
    await rendered(w.registrar, id)
  }, 30_000)

  test('students order none for others, and teachers none at all', async () => {
    const other = await w.student()
    const before = await countRows('transcript_job')
    const body = { student_id: other.id }
    expect(refusal(await me.post('/transcripts/enqueue', body))).toEqual([404, 'STUDENT_NOT_FOUND'])
    expect(refusal(await (await w.teacher()).post('/transcripts/enqueue', body))).toEqual([403, 'HTTP_403'])
    expect(refusal(await w.registrar.post('/transcripts/enqueue', { student_id: 999_999 }))).toEqual([
      404,
      'STUDENT_NOT_FOUND',
    ])
    const malformed = await w.registrar.post('/transcripts/enqueue', { ...body, language: 'de', requested_by: 1 })
    expect(badFields(malformed)).toEqual(['body.language', 'body.requested_by'])
    expect(await countRows('transcript_job')).toBe(before)
  })
})
