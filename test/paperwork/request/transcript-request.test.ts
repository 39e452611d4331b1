import { beforeAll, describe, expect, test } from 'vitest'
import { auditRows, countRows, type Persona, type World, world } from '../../world.ts'
import { execute } from '../../grading/graded-section.ts'
import { deliver, order, queuedJob, rendered } from '../transcript-job/jobs.ts'
import { filed } from './filed.ts'

let w: World
let me: Persona
beforeAll(async () => {
  w = await world()
  me = await w.studentPersona()
})

const approve = async () => {
  const id = await filed(me, me.studentId!, { type: 'transcript', language: 'el' })
  return (await w.registrar.post(`/requests/${id}/transition`, { status: 'approved' })).data
}

describe('an approved transcript request', () => {
  test('orders its transcript in the same write and completes when the file is ready', async () => {
    const id = await filed(me, me.studentId!, { type: 'transcript', language: 'el' })
    const { data } = await w.registrar.post(`/requests/${id}/transition`, { status: 'approved' })
    expect(await auditRows('request', id)).toHaveLength(2)
    expect(data).toMatchObject({ status: 'approved', job_id: expect.stringMatching(/^[\w-]{22}$/) })
    expect((await me.get(`/transcripts/jobs/${data.job_id}`)).data).toMatchObject({ language: 'el' })

    await rendered(me, data.job_id!)
    expect((await me.get(`/requests/${id}`)).data).toMatchObject({
      status: 'completed',
      processed_by: w.registrar.userId,
      version: data.version + 1,
    })
    expect((await me.get(`/transcripts/jobs/${data.job_id}/file`)).status).toBe(200)
    const { issue_id } = (await me.get(`/transcripts/jobs/${data.job_id}`)).data
    await w.registrar.post(`/transcripts/${issue_id}/revoke`)
    const document = await me.get(`/requests/${id}/document`)
    expect([document.status, document.error?.code]).toEqual([410, 'TRANSCRIPT_REVOKED'])
  })

  test('completes once when the message comes twice', async () => {
    const { id, job_id, version } = await approve()
    await Promise.all([deliver([order(job_id!)]), deliver([order(job_id!)])])
    await rendered(me, job_id!)
    await deliver([order(job_id!)])
    expect((await me.get(`/requests/${id}`)).data).toMatchObject({ status: 'completed', version: version + 1 })
  })

  test('stays approved when its job fails, and the registry may complete it by hand', async () => {
    const id = await filed(me, me.studentId!, { type: 'transcript' })
    const job = await queuedJob(me.studentId!, w.registrar)
    await execute(
      "update service_request set status = 'approved', job_id = ?, processed_by = ?, processed_at = created_at where id = ?",
      job,
      w.registrar.userId,
      id,
    )
    await deliver([order(job)], 'lyceum-dead-letters')
    expect((await me.get(`/transcripts/jobs/${job}`)).data.status).toBe('failed')
    expect((await me.get(`/requests/${id}`)).data.status).toBe('approved')
    const byHand = await w.registrar.post(`/requests/${id}/transition`, { status: 'completed', notes: 'On paper' })
    expect(byHand.data).toMatchObject({ status: 'completed', job_id: job })
  })
})

describe('a hold on transcripts', () => {
  const hold = { kind: 'financial', blocks: ['transcript'], office: 'Treasury', reason: 'Fees' }

  test('refuses the approval and leaves the request pending, until it is released', async () => {
    const student = await w.student()
    const { data } = await w.registrar.post(`/students/${student.id}/holds`, hold)
    const id = await filed(w.registrar, student.id, { type: 'transcript' })
    const before = await countRows('transcript_job')
    const refused = await w.registrar.post(`/requests/${id}/transition`, { status: 'approved' })
    expect([refused.status, refused.error?.code]).toEqual([400, 'HOLD'])
    expect(refused.error?.message).toContain('Ask Treasury')
    expect((await w.registrar.get(`/requests/${id}`)).data).toMatchObject({ status: 'pending', job_id: null })
    expect(await countRows('transcript_job')).toBe(before)
    await w.registrar.post(`/holds/${data.id}/release`)
    expect((await w.registrar.post(`/requests/${id}/transition`, { status: 'approved' })).data.status).toBe('approved')
  })

  test('refuses no letter, and no rejection', async () => {
    const student = await w.student()
    await w.registrar.post(`/students/${student.id}/holds`, hold)
    for (const [type, status] of [
      ['noc', 'approved'],
      ['transcript', 'rejected'],
    ] as const) {
      const id = await filed(w.registrar, student.id, { type })
      expect((await w.registrar.post(`/requests/${id}/transition`, { status })).data.status).toBe(status)
    }
  })
})

test('no other request orders a transcript', async () => {
  const before = await countRows('transcript_job')
  for (const type of ['bonafide', 'noc', 'other']) await filed(w.registrar, me.studentId!, { type, status: 'approved' })
  const rejected = await filed(w.registrar, me.studentId!, { type: 'transcript', status: 'rejected' })
  expect(await countRows('transcript_job')).toBe(before)
  expect((await me.get(`/requests/${rejected}`)).data.job_id).toBeNull()
})
