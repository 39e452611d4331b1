import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { auditRows, countRows, type Persona, testEnv, type World, world } from '../../world.ts'
import { rowOf, taken } from '../../grading/graded-section.ts'
import { bytesOf, type IssueRow, sha256, textOf } from '../transcript/issued.ts'
import { deliver, order, queuedJob } from './jobs.ts'

let w: World
let me: Persona
beforeAll(async () => {
  w = await world()
  me = await w.studentPersona()
  await taken(w, me.studentId!, 85.5, { course_id: (await w.course({ title: 'Operating Systems' })).id })
})

const queued = (student = me.studentId!) => queuedJob(student, w.registrar)
const jobOf = async (id: string) => (await w.registrar.get(`/transcripts/jobs/${id}`)).data
const fileOf = (id: string) => w.registrar.get(`/transcripts/jobs/${id}/file`)
const issueNamed = (id: string) => rowOf<IssueRow>('select * from transcript_issue where id = ?', id)

describe('rendering a job', () => {
  test('makes an issue, a file in R2 and one audit row in the name of who ordered it', async () => {
    const id = await queued()
    expect(await deliver([order(id)])).toEqual({ acked: ['m0'], retried: [] })
    const job = await jobOf(id)
    expect(job).toMatchObject({ status: 'ready', attempts: 1, error_code: null, finished_at: expect.any(String) })
    const issue = await issueNamed(job.issue_id!)
    expect(issue).toMatchObject({ student_id: me.studentId, language: 'en', issued_by: w.registrar.userId })
    const [audit, ...others] = await auditRows('transcript', issue.id)
    expect(others).toEqual([])
    expect(audit).toMatchObject({ action: 'transcript.issue', actor_id: w.registrar.userId, actor_role: 'system' })
    const answer = await fileOf(id)
    expect(answer.headers.get('content-type')).toBe('application/pdf')
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="transcript_[\w-]+\.pdf"$/)
    expect(answer.headers.get('content-language')).toBe('en')
    const bytes = await bytesOf(answer)
    const { drafts } = await rowOf<{ drafts: string }>('select drafts from transcript_job where id = ?', id)
    expect(JSON.parse(drafts)).toEqual([issue.id])
    const stored = (await testEnv.DOCUMENTS.get(`transcripts/${issue.id}.pdf`))!
    expect((await stored.bytes()).toHex()).toBe(bytes.toHex())
    expect(await sha256(bytes)).toBe(issue.file_sha256)
    expect(await textOf(bytes)).toContain('Operating Systems')
  })

  test('twice has the effect of once', async () => {
    const id = await queued()
    const message = order(id)
    const state = async () => ({
      job: await jobOf(id),
      issues: await countRows('transcript_issue'),
      audits: await countRows('audit_log'),
      files: (await testEnv.DOCUMENTS.list({ prefix: 'transcripts/' })).objects.length,
      file: await sha256(await bytesOf(await fileOf(id))),
    })
    await deliver([message])
    const before = await state()
    expect(await deliver([message])).toEqual({ acked: ['m0'], retried: [] })
    expect(await state()).toEqual(before)
  })

  test('three times at once makes one issue, and the file is that of the issue', async () => {
    const id = await queued()
    const [message, issues] = [order(id), await countRows('transcript_issue')]
    await Promise.all([deliver([message]), deliver([message]), deliver([message])])
    expect(await countRows('transcript_issue')).toBe(issues + 1)
    const job = await jobOf(id)
    expect([job.status, job.error_code]).toEqual(['ready', null])
    const { file_sha256 } = await issueNamed(job.issue_id!)
    expect(await sha256(await bytesOf(await fileOf(id)))).toBe(file_sha256)
  })

  test('of a student who was deleted meanwhile fails, and says why', async () => {
    const student = await w.student()
    const id = await queued(student.id)
    await w.registrar.delete(`/students/${student.id}`)
    expect(await deliver([order(id)])).toEqual({ acked: ['m0'], retried: [] })
    expect(await jobOf(id)).toMatchObject({ status: 'failed', error_code: 'STUDENT_NOT_FOUND', issue_id: null })
    const answer = await fileOf(id)
    expect([...refusal(answer), answer.error?.message]).toEqual([
      409,
      'TRANSCRIPT_NOT_READY',
      'The transcript is not ready: its status is failed. Ask again in a moment.',
    ])
  })

  test('a message that nobody understands is tried again and holds up no other', async () => {
    const id = await queued()
    const odd = [{ id: 'x', type: 'unheard.of' }, order(id), 'no object']
    expect(await deliver(odd)).toEqual({ acked: ['m1'], retried: ['m0', 'm2'] })
    expect((await jobOf(id)).status).toBe('ready')
  })

  test('that the queue gave up is recorded once, and fails', async () => {
    const id = await queued()
    const before = await countRows('dead_letter')
    const message = order(id)
    for (const _ of [1, 2]) expect((await deliver([message], 'lyceum-dead-letters')).acked).toEqual(['m0'])
    expect(await countRows('dead_letter')).toBe(before + 1)
    expect(await jobOf(id)).toMatchObject({ status: 'failed', error_code: 'GAVE_UP' })
  })

  test('that is ready stays ready when a late copy is given up', async () => {
    const id = await queued()
    await deliver([order(id)])
    const before = await jobOf(id)
    await deliver([order(id)], 'lyceum-dead-letters')
    expect(await jobOf(id)).toEqual(before)
  })
})
