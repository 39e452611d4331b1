import { beforeAll, describe, expect, test } from 'vitest'
import { refusal, badFields } from '../../call.ts'
import { codeOf, json, serveWith } from '../../platform/http/serve.ts'
import { racing } from '../../platform/database/between.ts'
import { auditRows, countRows, type Persona, type World, world } from '../../world.ts'
import { issueOf, tokenOf } from '../../paperwork/transcript/issued.ts'
import { after, before, decide, figuresOf, pendingOn, reason, request, resultIn } from './official.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

const transcriptOf = async (student: number) => {
  await w.registrar.get(`/transcripts/${student}`)
  return issueOf(student)
}
const verdict = async (student: number, issue = issueOf(student)) =>
  (await w.anonymous.get(`/transcripts/verify/${await tokenOf(await issue)}`)).data.reason

describe('approving a change', () => {
  test('of a published result applies it at once', async () => {
    const { id, change } = await pendingOn(w, 'published')
    const { headers } = await w.registrar.get(`/results/${id}`)
    const answer = await decide(w.registrar, change, true, 'Seen the exam')
    expect(answer.status).toBe(200)
    expect(answer.data).toMatchObject({
      id: change,
      status: 'approved',
      approvals: 1,
      approvals_needed: 1,
      resolved_by: w.registrar.userId,
      note: 'Seen the exam',
      version: 2,
    })
    expect(answer.data.resolved_at).toBe(answer.data.updated_at)
    expect(await figuresOf(w, id)).toEqual({ ...after, state: 'published' })
    const now = await w.registrar.get(`/results/${id}`)
    expect([now.data.version, now.data.updated_at]).toEqual([3, answer.data.resolved_at])
    expect(now.headers.get('etag')).not.toBe(headers.get('etag'))
  })

  test('of a frozen result needs two different approvers', async () => {
    const { id, change } = await pendingOn(w, 'frozen')
    const first = await decide(w.registrar, change)
    expect(first.data).toMatchObject({ status: 'pending', approvals: 1, approvals_needed: 2, version: 2 })
    expect(await figuresOf(w, id)).toEqual({ ...before, state: 'frozen' })
    const again = await decide(w.registrar, change)
    expect(refusal(again)).toEqual([400, 'RESULT_CHANGE_NEEDS_ANOTHER'])
    expect(again.error?.message).toContain('already approved')
    expect(await figuresOf(w, id)).toEqual({ ...before, state: 'frozen' })
    const second = await decide(admin, change)
    expect(second.data).toMatchObject({ status: 'approved', approvals: 2, resolved_by: admin.userId })
    expect(await figuresOf(w, id)).toEqual({ ...after, state: 'frozen' })
  })

  test('is told in the history of the result, too, once it has changed and not before', async () => {
    const { id, change } = await pendingOn(w, 'frozen')
    const start = await countRows(`audit_log where entity_type = 'result' and entity_id = '${id}'`)
    await decide(w.registrar, change)
    expect(await countRows(`audit_log where entity_type = 'result' and entity_id = '${id}'`)).toBe(start)
    await decide(admin, change)
    const [told] = await auditRows('result', id)
    const [act] = await auditRows('result_change', change)
    expect(told).toMatchObject({ action: 'result.approve', actor_id: admin.userId, summary: `#${act!.id}` })
    expect(JSON.parse(told!.changes)).toMatchObject({
      percentage: { old: before.percentage, new: after.percentage },
      letter: { old: before.letter, new: after.letter },
      change_id: { new: change },
    })
    const rejected = await pendingOn(w, 'published')
    await decide(w.registrar, rejected.change, false)
    expect((await auditRows('result', rejected.id)).map(({ action }) => action)).not.toContain('result.approve')
  })

  test('needs two when the result was frozen in the meantime', async () => {
    const { id, change } = await pendingOn(w, 'published')
    await w.registrar.post('/results/freeze', { result_id: id })
    const first = await decide(w.registrar, change)
    expect(first.data).toMatchObject({ status: 'pending', approvals: 1, approvals_needed: 2 })
    expect((await decide(admin, change)).data.status).toBe('approved')
    expect(await figuresOf(w, id)).toEqual({ ...after, state: 'frozen' })
  })

  test.each(['published', 'frozen'] as const)(
    'leaves one audit row for each request on a %s one, and one of the result that it changes',
    async (state) => {
      const { id, change } = await pendingOn(w, state)
      const count = await countRows('audit_log')
      const approvers = state === 'frozen' ? [w.registrar, admin] : [w.registrar]
      for (const one of approvers) await decide(one, change, true, 'Agreed')
      expect(await countRows('audit_log')).toBe(count + approvers.length + 1)
      const [audit] = await auditRows('result_change', change)
      expect(audit).toMatchObject({ action: 'result.approve', actor_id: approvers.at(-1)!.userId, reason: 'Agreed' })
      expect(JSON.parse(audit!.changes)).toEqual({
        approved: { new: true },
        result_id: { new: id },
        percentage: { old: 80, new: 90.5 },
        letter: { old: 'B+', new: 'A+' },
      })
    },
  )

  test('supersedes the transcripts of the student that were issued before, and no others', async () => {
    const { student, change } = await pendingOn(w, 'published')
    const other = (await w.student()).id
    await transcriptOf(other)
    const old = await transcriptOf(student)
    expect(await verdict(student)).toBe('valid')
    await decide(w.registrar, change)
    expect(await verdict(student)).toBe('superseded')
    expect(await verdict(other)).toBe('valid')
    const issue = await transcriptOf(student)
    expect(issue.digest).not.toBe(old.digest)
    expect([await verdict(student, Promise.resolve(issue)), await verdict(student, Promise.resolve(old))]).toEqual([
      'valid',
      'superseded',
    ])
  })

  test('leaves transcripts alone while an approval is missing, and when it is rejected', async () => {
    const { student, change } = await pendingOn(w, 'frozen')
    await transcriptOf(student)
    await decide(w.registrar, change)
    expect(await verdict(student)).toBe('valid')
    await decide(admin, change, false)
    expect(await verdict(student)).toBe('valid')
  })

  test('is never for the one who asked, nor is rejecting; the attempt is on record', async () => {
    for (const caller of [w.registrar, admin]) {
      const { id } = await resultIn(w, 'published')
      const { data } = await request(caller, id)
      for (const approved of [true, false]) {
        const answer = await decide(caller, data.id, approved)
        expect(refusal(answer)).toEqual([403, 'RESULT_CHANGE_OWN'])
        expect(answer.error?.message).toBe('You asked for this change, so somebody else has to decide on it.')
      }
      const [denied] = await auditRows('result_change', data.id)
      expect(denied).toMatchObject({ action: 'result.approve', actor_id: caller.userId, success: 0, status: 403 })
      expect(await figuresOf(w, id)).toEqual({ ...before, state: 'published' })
    }
  })

  test('is not for teachers and students', async () => {
    const { section, id, change } = await pendingOn(w, 'published')
    for (const caller of [section.teacher, await w.teacher(), await w.studentPersona()])
      expect(refusal(await decide(caller, change))).toEqual([403, 'HTTP_403'])
    expect(await figuresOf(w, id)).toEqual({ ...before, state: 'published' })
  })

  test('of an unknown change answers 404', async () => {
    const answer = await decide(w.registrar, 999_999)
    expect([...refusal(answer), answer.error?.message]).toEqual([
      404,
      'RESULT_CHANGE_NOT_FOUND',
      'Result change with id 999999 not found.',
    ])
  })

  test.each([
    ['approved as text', { approved: 'false' }, 'body.approved'],
    ['approved as a number', { approved: 1 }, 'body.approved'],
    ['nothing about approval', { approved: undefined }, 'body.approved'],
    ['an approver by name', { approver_id: 2 }, 'body.approver_id'],
  ])('with %s answers 422', async (_, body, path) => {
    const { id, change } = await pendingOn(w, 'published')
    const answer = await w.registrar.post('/results/approve-change', { change_id: change, approved: true, ...body })
    expect([...refusal(answer), badFields(answer)]).toEqual([422, 'VALIDATION_ERROR', [path]])
    expect(await figuresOf(w, id)).toEqual({ ...before, state: 'published' })
  })

  test('holds against the version that was read', async () => {
    const { change } = await pendingOn(w, 'frozen')
    await decide(w.registrar, change)
    const body = { change_id: change, approved: true }
    const stale = await admin.post('/results/approve-change', body, { 'if-match': '"1"' })
    expect(refusal(stale)).toEqual([412, 'PRECONDITION_FAILED'])
  })
})

describe('rejecting a change', () => {
  test.each(['published', 'frozen'] as const)('of a %s result leaves the result as it is', async (state) => {
    const { id, change } = await pendingOn(w, state)
    const untouched = (await w.registrar.get(`/results/${id}`)).data
    const answer = await decide(w.registrar, change, false, 'The page was blank')
    expect(answer.data).toMatchObject({
      status: 'rejected',
      reason,
      note: 'The page was blank',
      resolved_by: w.registrar.userId,
      approvals: 0,
    })
    expect((await w.registrar.get(`/results/${id}`)).data).toEqual(untouched)
    const [audit] = await auditRows('result_change', change)
    expect(JSON.parse(audit!.changes)).toMatchObject({ approved: { new: false }, percentage: { old: 80, new: 80 } })
  })

  test('takes one person, even after a first approval', async () => {
    const { id, change } = await pendingOn(w, 'frozen')
    await decide(w.registrar, change)
    expect((await decide(admin, change, false)).data).toMatchObject({ status: 'rejected', approvals: 1 })
    expect(await figuresOf(w, id)).toEqual({ ...before, state: 'frozen' })
  })
})

test.each([
  [true, 'approved'],
  [false, 'rejected'],
])('a change that is resolved (%s) is not decided again', async (approved, status) => {
  const { change } = await pendingOn(w, 'published')
  await decide(w.registrar, change, approved)
  for (const next of [true, false]) {
    const answer = await decide(admin, change, next)
    expect([...refusal(answer), answer.error?.message]).toEqual([
      400,
      'RESULT_CHANGE_RESOLVED',
      `This change is already ${status}. If the result is still wrong, ask for a new change.`,
    ])
  }
})

describe('at the same time', () => {
  test('two approvals of a frozen result apply it once', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { id, change } = await pendingOn(w, 'frozen')
      const answers = await Promise.all([decide(w.registrar, change), decide(admin, change)])
      expect(answers.map(({ status }) => status)).toEqual([200, 200])
      expect(answers.map(({ data }) => data.status).toSorted()).toEqual(['approved', 'pending'])
      expect(await figuresOf(w, id)).toEqual({ ...after, state: 'frozen' })
      expect((await w.registrar.get(`/results/${id}`)).data.version).toBe(4)
    }
  })

  test('one approver many times counts once', async () => {
    const { id, change } = await pendingOn(w, 'frozen')
    const answers = await Promise.all(Array.from({ length: 6 }, () => decide(admin, change)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await figuresOf(w, id)).toEqual({ ...before, state: 'frozen' })
  })

  test('of approvals and rejections of a published result one decides', async () => {
    const others = await Promise.all(Array.from({ length: 3 }, () => w.admin()))
    const { id, change } = await pendingOn(w, 'published')
    const racers = racing(5)
    const answers = await Promise.all(
      [w.registrar, admin, ...others].map(async ({ token }, i) => {
        const body = { change_id: change, approved: i % 2 === 0 }
        const request = json('POST', body, { authorization: `Bearer ${token}` })
        return codeOf(await serveWith({ DB: racers[i]! }, '/api/v1/results/approve-change', request))
      }),
    )
    expect(answers).toEqual(['200', ...Array.from({ length: 4 }, () => '409 STALE_STATE')])
    expect((await w.registrar.get(`/results/changes?result_id=${id}`)).data.items).toMatchObject([
      { status: 'approved' },
    ])
    expect(await figuresOf(w, id)).toEqual({ ...after, state: 'published' })
  })
})
