import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#/platform/context.ts'
import { auditRows, countRows, testEnv, type World, world } from '../world.ts'
import { deliver } from '../platform/queue/deliver.ts'

let w: World
let studentId: number
beforeAll(async () => {
  w = await world()
  studentId = (await w.student()).id
})

/** A job that waits to be rendered; nothing was sent to the queue for it. */
async function waitingJob(): Promise<string> {
  const id = newId()
  await testEnv.DB.prepare(
    "insert into transcript_job (id, student_id, language, requested_by, created_at) values (?, ?, 'el', ?, ?)",
  )
    .bind(id, studentId, w.registrar.userId, new Date().toISOString())
    .run()
  return id
}

const render = (jobId: string) => ({ id: newId(), type: 'transcript.render', job_id: jobId })
const jobOf = async (id: string) => (await w.registrar.get(`/transcripts/jobs/${id}`)).data
const deadLetters = async (messageId: string) =>
  (await testEnv.DB.prepare('select * from dead_letter where message_id = ?').bind(messageId).all()).results

describe('a message of the queue', () => {
  test('is handled and acknowledged', async () => {
    const job = await waitingJob()
    expect(await deliver('lyceum-work', { id: 'm1', body: render(job) })).toMatchObject({ done: ['m1'], again: [] })
    const done = await jobOf(job)
    expect(done).toMatchObject({ status: 'ready', attempts: 1, error_code: null })
    expect((await testEnv.DOCUMENTS.head(`transcripts/${done.issue_id}.pdf`))!.size).toBeGreaterThan(1000)
  })

  test('that is delivered twice has the effect of once', async () => {
    const job = await waitingJob()
    const body = render(job)
    const before = await countRows('transcript_issue')
    await deliver('lyceum-work', { id: 'm2', body })
    expect(await deliver('lyceum-work', { id: 'm2', body, attempts: 2 })).toMatchObject({ done: ['m2'], again: [] })
    expect(await countRows('transcript_issue')).toBe(before + 1)
    expect((await jobOf(job)).attempts).toBe(1)
  })

  test('that is delivered twice at the same moment has the effect of once', async () => {
    const job = await waitingJob()
    const body = render(job)
    const before = [await countRows('transcript_issue'), await countRows('audit_log')]
    await Promise.all([deliver('lyceum-work', { id: 'm3', body }), deliver('lyceum-work', { id: 'm3', body })])
    expect([await countRows('transcript_issue'), await countRows('audit_log')]).toEqual(before.map((n) => n + 1))
    expect(await jobOf(job)).toMatchObject({ status: 'ready', error_code: null })
  })

  test.each([
    ['an unknown type', { id: 'x', type: 'coffee.brew' }],
    ['a missing field', { id: 'x', type: 'transcript.render' }],
    ['a wrong field', { id: 'x', type: 'transcript.render', job_id: 5 }],
    ['no object', 'transcript.render'],
    ['nothing', null],
  ])('with %s is tried again', async (_, body) => {
    expect(await deliver('lyceum-work', { id: 'poison', body })).toMatchObject({ done: [], again: ['poison'] })
  })

  test('that is poison does not spoil the others of its batch', async () => {
    const [first, last] = [await waitingJob(), await waitingJob()]
    const answer = await deliver(
      'lyceum-work',
      { id: 'a', body: render(first) },
      { id: 'b', body: { type: 'coffee.brew' } },
      { id: 'c', body: render(last) },
    )
    expect(answer).toMatchObject({ done: ['a', 'c'], again: ['b'] })
    expect([(await jobOf(first)).status, (await jobOf(last)).status]).toEqual(['ready', 'ready'])
  })

  test('of a job that was forgotten meanwhile is done with, and leaves nothing behind', async () => {
    const before = await countRows('transcript_issue')
    expect(await deliver('lyceum-work', { id: 'm4', body: render(newId()) })).toMatchObject({ done: ['m4'], again: [] })
    expect(await countRows('transcript_issue')).toBe(before)
  })

  test('of a student who was deleted fails the job and says why', async () => {
    const student = await w.student()
    const job = await waitingJob()
    await testEnv.DB.prepare('update transcript_job set student_id = ? where id = ?').bind(student.id, job).run()
    await w.registrar.delete(`/students/${student.id}`)
    expect(await deliver('lyceum-work', { id: 'm5', body: render(job) })).toMatchObject({ done: ['m5'], again: [] })
    expect(await jobOf(job)).toMatchObject({ status: 'failed', error_code: 'STUDENT_NOT_FOUND' })
  })

  test('names in the audit log whom it worked for', async () => {
    const job = await waitingJob()
    await deliver('lyceum-work', { id: 'm6', body: render(job) })
    const issue = await testEnv.DB.prepare('select issue_id from transcript_job where id = ?')
      .bind(job)
      .first<{ issue_id: string }>()
    expect(await auditRows('transcript', issue!.issue_id)).toEqual([
      expect.objectContaining({
        action: 'transcript.issue',
        actor_id: w.registrar.userId,
        actor_role: 'system',
        method: 'BACKGROUND',
        path: 'transcript.render',
      }),
    ])
  })
})

describe('a dead letter', () => {
  test('is recorded and fails its job', async () => {
    const job = await waitingJob()
    const body = render(job)
    const answer = await deliver('lyceum-dead-letters', { id: 'dead1', body, attempts: 6 })
    expect(answer).toMatchObject({ done: ['dead1'], again: [] })
    expect(await deadLetters('dead1')).toEqual([
      {
        id: expect.any(Number),
        message_id: 'dead1',
        message: JSON.stringify(body),
        attempts: 6,
        failed_at: expect.stringMatching(/Z$/),
        origin_id: body.id,
        type: 'transcript.render',
        deaths: 1,
        status: 'dead',
        retried_at: null,
        retried_by: null,
      },
    ])
    expect(await jobOf(job)).toMatchObject({ status: 'failed', error_code: 'GAVE_UP' })
  })

  test('that comes twice is recorded once', async () => {
    const body = render(await waitingJob())
    await deliver('lyceum-dead-letters', { id: 'dead2', body })
    expect(await deliver('lyceum-dead-letters', { id: 'dead2', body })).toMatchObject({ done: ['dead2'], again: [] })
    expect(await deadLetters('dead2')).toHaveLength(1)
  })

  test.each([
    ['unknown', { type: 'coffee.brew' }],
    ['text', 'hello'],
    ['nothing', null],
  ])('that nobody understands is recorded, too: %s', async (name, body) => {
    const id = `dead-${name}`
    expect(await deliver('lyceum-dead-letters', { id, body })).toMatchObject({ done: [id], again: [] })
    expect(await deadLetters(id)).toMatchObject([{ message: JSON.stringify(body) }])
  })

  test('does not undo what succeeded after all', async () => {
    const job = await waitingJob()
    await deliver('lyceum-work', { id: 'm7', body: render(job) })
    await deliver('lyceum-dead-letters', { id: 'm7', body: render(job) })
    expect(await jobOf(job)).toMatchObject({ status: 'ready', error_code: null })
  })

  test('of staging is a dead letter as well', async () => {
    const sent = { id: 'staging', body: { type: 'coffee.brew' } }
    expect(await deliver('lyceum-staging-dead-letters', sent)).toMatchObject({ done: ['staging'] })
    expect(await deadLetters('staging')).toHaveLength(1)
  })
})
