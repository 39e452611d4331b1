import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { newId } from '#/platform/context.ts'
import type { Env } from '#/platform/env.ts'
import worker from '#/worker.ts'
import type { Mail } from '../../access/mailed-token/mailed.ts'
import { refusal } from '../../call.ts'
import { execute, rowOf, taken } from '../../grading/graded-section.ts'
import { auditRows, type Persona, testEnv, type World, world } from '../../world.ts'
import { bytesOf, fileTokenOf, type IssueRow, textOf, tokenOf } from '../transcript/issued.ts'
import { serve } from '../../platform/http/serve.ts'
import { order, queuedJob } from '../transcript-job/jobs.ts'

const day = 86_400_000

let w: World
let me: Persona
beforeAll(async () => {
  w = await world()
  me = await w.studentPersona({ first_name: 'Ευαγγελία', last_name: 'Ρήγα', latin_name: 'Evangelia Riga' })
  await taken(w, me.studentId!, 85.5, { course_id: (await w.course({ title: 'Operating Systems' })).id })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A worker whose messages and mails end up in lists. */
function office() {
  const mails: Mail[] = []
  const queued: { id: string; type: string }[] = []
  const env = {
    ...testEnv,
    MAIL: { send: async (mail: Mail) => void mails.push(mail) },
    QUEUE_MAIL: {
      sendBatch: async (sent: { body: (typeof queued)[number] }[]) => void queued.push(...sent.map(bodyOf)),
    },
  } as unknown as Env
  const deliver = async (body: object) => {
    const batch = createMessageBatch('lyceum-work', [{ id: newId(), timestamp: new Date(), attempts: 1, body }])
    const execution = createExecutionContext()
    await worker.queue(batch, env, execution)
    expect((await getQueueResult(batch, execution)).retryMessages).toEqual([])
  }
  return { mails, queued, deliver }
}

const bodyOf = <Body>({ body }: { body: Body }) => body
const issueOf = (job: string) =>
  rowOf<IssueRow>('select i.* from transcript_issue i join transcript_job j on j.issue_id = i.id where j.id = ?', job)

/** An order that was rendered: its job, the messages it left, and the mails that come of them. */
async function rendered(order_: { email?: string; language?: string } = {}) {
  const job = await queuedJob(me.studentId!, w.registrar, order_)
  const { mails, queued, deliver } = office()
  await deliver(order(job))
  return { job, mails, queued, deliver, issue: await issueOf(job) }
}

async function mailed(order_: { email?: string; language?: string } = {}) {
  const one = await rendered({ email: 'hr@example.org', ...order_ })
  for (const message of one.queued) await one.deliver(message)
  return { ...one, mail: one.mails[0]!, path: pathIn(one.mails[0]!) }
}

const supersede = (id: string) =>
  execute('update transcript_issue set superseded_at = ? where id = ?', new Date().toISOString(), id)
const pathIn = ({ text }: Mail) => new URL(/^https?:\S+\/transcripts\/files\/\S+$/m.exec(text)![0]).pathname
const open = (path: string) => w.anonymous.get(path.replace('/api/v1', ''))

describe('an order with an address', () => {
  test.each([
    [
      'en',
      'Lyceum University: A transcript is ready',
      'The transcript of Evangelia Riga',
      / until .+ \d{4}, \d\d:\d\d \(Europe\/Athens\)/,
    ],
    [
      'el',
      'Πανεπιστήμιο Λύκειον: Αναλυτική βαθμολογία έτοιμη',
      '(Ευαγγελία Ρήγα)',
      /ισχύει έως .+ \d{4}, \d\d:\d\d \(Europe\/Athens\)/,
    ],
  ])('has one mail sent there, in the language of the order (%s)', async (language, subject, words, until) => {
    const { mails, mail } = await mailed({ language })
    expect(mails).toHaveLength(1)
    expect([mail.to, mail.subject]).toEqual(['hr@example.org', subject])
    expect(mail.text).toContain(words)
    expect(mail.text).toMatch(until)
    expect(mail.text).not.toMatch(/Operating Systems|85[.,]5|\bA\b/)
  })

  test('has one mail however often its messages are delivered', async () => {
    const { job, mails, queued, deliver } = await rendered({ email: 'hr@example.org' })
    for (const _ of [1, 2, 3]) await deliver(order(job))
    expect(queued.map(({ type }) => type)).toEqual(['transcript-ready.mail'])
    for (const _ of [1, 2, 3]) await deliver(queued[0]!)
    expect(mails).toHaveLength(1)
  })

  test('has a mail that names ids only while it waits, and a student who is gone gets none', async () => {
    const student = await w.student()
    const job = await queuedJob(student.id, w.registrar, { email: 'hr@example.org' })
    const { mails, queued, deliver } = office()
    await deliver(order(job))
    expect(queued).toEqual([{ id: expect.any(String), type: 'transcript-ready.mail', job_id: job }])
    await w.registrar.delete(`/students/${student.id}`)
    await deliver(queued[0]!)
    expect(mails).toEqual([])
  })

  test('has none of a transcript that was revoked or superseded, or whose time was over, before the mail', async () => {
    const revoked = await rendered({ email: 'hr@example.org' })
    await w.registrar.post(`/transcripts/${revoked.issue.id}/revoke`)
    await revoked.deliver(revoked.queued[0]!)
    const late = await rendered({ email: 'hr@example.org' })
    await execute(
      'update transcript_job set finished_at = ? where id = ?',
      new Date(Date.now() - 7 * day).toISOString(),
      late.job,
    )
    await late.deliver(late.queued[0]!)
    const old = await rendered({ email: 'hr@example.org' })
    await supersede(old.issue.id)
    await old.deliver(old.queued[0]!)
    expect([revoked.mails, late.mails, old.mails]).toEqual([[], [], []])
  })
})

test('an order without an address has no mail', async () => {
  const { queued, mails } = await rendered()
  expect([queued, mails]).toEqual([[], []])
})

describe('the link', () => {
  test('answers the file and nothing else, without an account', async () => {
    const { path, job } = await mailed()
    const answer = await open(path)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="transcript.pdf"')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const bytes = await bytesOf(answer)
    expect(bytes).toEqual(await bytesOf(await w.registrar.get(`/transcripts/jobs/${job}/file`)))
    expect(await textOf(bytes)).toContain('Operating Systems')
  })

  test('is good for seven days from when the file was ready', async () => {
    const { path, job } = await mailed()
    const { finished_at } = await rowOf<{ finished_at: string }>('select * from transcript_job where id = ?', job)
    const end = Math.floor((Date.parse(finished_at) + 7 * day) / 1000) * 1000
    vi.useFakeTimers({ toFake: ['Date'] })
    vi.setSystemTime(end - 1)
    expect((await open(path)).status).toBe(200)
    vi.setSystemTime(end)
    expect(refusal(await open(path))).toEqual([410, 'TRANSCRIPT_LINK_EXPIRED'])
  })

  test('ends when the transcript is revoked', async () => {
    const { path, issue } = await mailed()
    await w.registrar.post(`/transcripts/${issue.id}/revoke`)
    expect(refusal(await open(path))).toEqual([410, 'TRANSCRIPT_REVOKED'])
  })

  test('ends when a grade is corrected, and says that a newer one is to be ordered; the job shows its file', async () => {
    const { path, issue, job } = await mailed()
    await supersede(issue.id)
    const answer = await open(path)
    expect([...refusal(answer), answer.error?.message]).toEqual([
      410,
      'TRANSCRIPT_SUPERSEDED',
      expect.stringContaining('Order a newer one'),
    ])
    expect((await w.registrar.get(`/transcripts/jobs/${job}/file`)).status).toBe(200)
  })

  test('leaves a row, whether the file is handed out or the link refused, and none for who asks by HEAD', async () => {
    const { path, issue } = await mailed()
    expect((await serve(path, { method: 'HEAD' })).status).toBe(200)
    await open(path)
    await supersede(issue.id)
    await open(path)
    await w.registrar.post(`/transcripts/${issue.id}/revoke`)
    await open(path)
    const rows = await auditRows('transcript', issue.id)
    expect(rows.filter(({ action }) => action === 'transcript.receive').toReversed()).toMatchObject([
      { success: 1, status: 200, summary: null, actor_id: null, path: '/api/v1/transcripts/files/{token}' },
      { success: 0, status: 410, summary: 'link refused' },
      { success: 0, status: 410, summary: 'link refused' },
    ])
  })

  test('ends with the file', async () => {
    const { path, issue } = await mailed()
    await testEnv.DOCUMENTS.delete(`transcripts/${issue.id}.pdf`)
    expect(refusal(await open(path))).toEqual([404, 'TRANSCRIPT_FILE_EXPIRED'])
  })

  test('opens nothing once a character of it is changed', async () => {
    const { path } = await mailed()
    const start = path.lastIndexOf('/') + 1
    for (const place of [0, 30, 60, 90].map((one) => start + one)) {
      const changed = path.slice(0, place) + (path[place] === 'A' ? 'Q' : 'A') + path.slice(place + 1)
      expect(refusal(await open(changed))).toEqual([404, 'TRANSCRIPT_LINK_INVALID'])
    }
  })

  test('is not the code on the paper, nor the other way round', async () => {
    const { path, issue } = await mailed()
    expect(refusal(await open(`/transcripts/files/${await tokenOf(issue)}`))).toEqual([404, 'TRANSCRIPT_LINK_INVALID'])
    const token = path.slice(path.lastIndexOf('/') + 1)
    for (const collection of ['transcripts', 'documents'])
      expect((await w.anonymous.get(`/${collection}/verify/${token}`)).data).toMatchObject({ reason: 'tampered' })
    expect((await w.anonymous.get(`/transcripts/verify/${await tokenOf(issue)}`)).data.reason).toBe('valid')
  })

  test('to an issue that is not on record, or holds other data, opens nothing', async () => {
    const { issue } = await mailed()
    for (const changes of [{ id: newId() }, { digest: '00'.repeat(32) }]) {
      const token = await fileTokenOf(issue, changes)
      expect(refusal(await open(`/transcripts/files/${token}`))).toEqual([404, 'TRANSCRIPT_LINK_INVALID'])
    }
  })
})
