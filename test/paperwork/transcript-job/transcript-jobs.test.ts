import { beforeAll, describe, expect, test } from 'vitest'
import { refusal, badFields } from '../../call.ts'
import { newId } from '#/platform/context.ts'
import { deleteOldFiles } from '#/paperwork/transcript-job/index.ts'
import { type Persona, systemContext, testEnv, type World, world } from '../../world.ts'
import { execute, rowOf, taken } from '../../grading/graded-section.ts'
import type { IssueRow } from '../transcript/issued.ts'
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

describe('the file of a job', () => {
  test('answers 409 while it is not ready', async () => {
    const answer = await fileOf(await queued())
    expect([...refusal(answer), answer.error?.message]).toEqual([
      409,
      'TRANSCRIPT_NOT_READY',
      'The transcript is not ready: its status is queued. Ask again in a moment.',
    ])
  })

  test('is refused once the transcript is revoked, to the student as well', async () => {
    const id = await queued()
    await deliver([order(id)])
    const { issue_id } = await jobOf(id)
    expect((await fileOf(id)).status).toBe(200)
    await w.registrar.post(`/transcripts/${issue_id}/revoke`)
    for (const who of [w.registrar, me])
      expect(refusal(await who.get(`/transcripts/jobs/${id}/file`))).toEqual([410, 'TRANSCRIPT_REVOKED'])
  })

  test('rests under the id of its issue, which nobody chose', async () => {
    const id = await queued()
    await deliver([order(id)])
    const { issue_id } = await jobOf(id)
    expect(issue_id).toMatch(/^[\w-]{22}$/)
    const { objects } = await testEnv.DOCUMENTS.list({ prefix: 'transcripts/' })
    expect(objects.map(({ key }) => key)).toContain(`transcripts/${issue_id}.pdf`)
  })

  test('goes with the job after the retention, and a young one stays', async () => {
    const [old, young] = [await queued(), await queued()]
    await deliver([order(old), order(young)])
    const weekAgo = (ms: number) => new Date(Date.now() - 7 * 86_400_000 + ms).toISOString()
    const finish = 'update transcript_job set finished_at = ? where id = ?'
    await execute(finish, weekAgo(-1), old)
    await execute(finish, weekAgo(60_000), young)
    const files = async () => (await testEnv.DOCUMENTS.list({ prefix: 'transcripts/' })).objects.length
    const before = await files()
    const { issue_id } = await jobOf(old)
    await deleteOldFiles(systemContext())
    expect(await files()).toBe(before - 1)
    expect(refusal(await fileOf(old))).toEqual([404, 'TRANSCRIPT_JOB_NOT_FOUND'])
    expect((await fileOf(young)).status).toBe(200)
    expect((await issueNamed(issue_id!)).revoked_at).toBeNull()
  })

  test('that is no longer in R2 answers 404', async () => {
    const id = await queued()
    await deliver([order(id)])
    const { objects } = await testEnv.DOCUMENTS.list({ prefix: 'transcripts/' })
    await testEnv.DOCUMENTS.delete(objects.map(({ key }) => key))
    expect(refusal(await fileOf(id))).toEqual([404, 'TRANSCRIPT_FILE_EXPIRED'])
  })
})

describe('jobs', () => {
  test('are seen by their student and the registry only', async () => {
    const [mine, foreign] = [await queued(), await queued((await w.student()).id)]
    await deliver([order(foreign)])
    expect((await me.get(`/transcripts/jobs/${mine}`)).data).toMatchObject({ id: mine, status: 'queued', attempts: 0 })
    expect(refusal(await me.get(`/transcripts/jobs/${foreign}`))).toEqual([404, 'TRANSCRIPT_JOB_NOT_FOUND'])
    expect(refusal(await me.get(`/transcripts/jobs/${foreign}/file`))).toEqual([404, 'TRANSCRIPT_JOB_NOT_FOUND'])
    const listed = (await me.get('/transcripts/jobs?page_size=200')).data.items
    expect(listed.map(({ id }: { id: string }) => id)).toContain(mine)
    expect(listed.filter((one: { student_id: number }) => one.student_id !== me.studentId)).toEqual([])
    expect(refusal(await (await w.teacher()).get(`/transcripts/jobs/${mine}`))).toEqual([403, 'HTTP_403'])
    expect(refusal(await w.anonymous.get(`/transcripts/jobs/${mine}`))).toEqual([401, 'HTTP_401'])
  })

  test('are listed newest first and by status', async () => {
    const student = await w.student()
    const ids = [await queued(student.id), await queued(student.id), await queued(student.id)]
    await deliver([order(ids[1]!)])
    const list = async (query: string) =>
      (await w.registrar.get(`/transcripts/jobs?student_id=${student.id}${query}`)).data.items.map(idOf)
    expect(new Set(await list(''))).toEqual(new Set(ids))
    expect(await list('&status=ready')).toEqual([ids[1]])
    expect((await list('&status__in=queued,failed')).toSorted()).toEqual([ids[0], ids[2]].toSorted())
  })

  test('an unknown or malformed id answers 404 or 422', async () => {
    expect(refusal(await w.registrar.get(`/transcripts/jobs/${newId()}`))).toEqual([404, 'TRANSCRIPT_JOB_NOT_FOUND'])
    expect(badFields(await w.registrar.get('/transcripts/jobs/1'))).toEqual(['path.id'])
  })
})

const idOf = ({ id }: { id: string }) => id
