import { beforeAll, describe, expect, test } from 'vitest'
import { refusal, badFields } from '../../call.ts'
import { auditRows, countRows, type World, world } from '../../world.ts'
import { before, decide, figuresOf, reason, request, resultIn } from './official.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const program = async (grading_scheme: string) => ({ program_id: (await w.program({ grading_scheme })).id })

describe('asking for a change of a result', () => {
  test.each([
    ['published', 1],
    ['frozen', 2],
  ] as const)('that is %s is pending until %i other has approved', async (state, approvals_needed) => {
    const { section, student, id } = await resultIn(w, state)
    const answer = await request(section.teacher, id)
    expect(answer.status).toBe(201)
    expect(answer.headers.get('etag')).not.toBeNull()
    expect(answer.data).toMatchObject({
      result_id: id,
      student_id: student,
      section_id: section.id,
      status: 'pending',
      reason,
      requested_by: section.teacher.userId,
      old_percentage: 80,
      old_letter: 'B+',
      old_points: 3.2,
      old_value: 80,
      old_outcome: 'pass',
      new_percentage: 90.5,
      new_letter: 'A+',
      new_points: 3.62,
      new_value: 90.5,
      new_outcome: 'pass',
      approvals: 0,
      approvals_needed,
      resolved_at: null,
      resolved_by: null,
      note: null,
      version: 1,
    })
    expect(await figuresOf(w, id)).toEqual({ ...before, state })
  })

  test('leaves one audit row with old, new and the reason', async () => {
    const { section, id } = await resultIn(w, 'published')
    const count = await countRows('audit_log')
    const { data } = await request(section.teacher, id)
    expect(await countRows('audit_log')).toBe(count + 1)
    const [audit] = await auditRows('result_change', data.id)
    expect(audit).toMatchObject({ action: 'result.propose', actor_id: section.teacher.userId, reason, status: 201 })
    expect(JSON.parse(audit!.changes)).toEqual({
      result_id: { new: id },
      percentage: { old: 80, new: 90.5 },
      letter: { old: 'B+', new: 'A+' },
    })
  })

  test.each([
    ['letters', 'A', 85, 'pass'],
    ['letters', 'F', 0, 'fail'],
    ['letters-fine', 'B-', 80, 'pass'],
    ['greek-20', 'D', 50, 'pass'],
    ['greek-10', 'excellent', 85, 'pass'],
  ])('by a letter of %s takes the lowest percentage of %s', async (scheme, new_grade, new_percentage, new_outcome) => {
    const { id } = await resultIn(w, 'published', await program(scheme))
    if (new_percentage === 80) await decideFirst(id)
    const { data } = await request(w.registrar, id, { new_grade })
    expect(data).toMatchObject({ new_percentage, new_letter: new_grade, new_outcome })
    expect(data.explanation).toContain(
      `${new_grade} is taken as ${data.new_value} (${new_percentage}%): the lowest figure`,
    )
  })

  /** Away from 80, which would be no change. */
  async function decideFirst(id: number) {
    const { data } = await request(w.registrar, id, { new_percentage: 70 })
    await decide(await w.admin(), data.id)
  }

  test('by a letter that the scheme does not have is refused, naming those it has', async () => {
    const { id } = await resultIn(w, 'published', await program('greek-20'))
    const answer = await request(w.registrar, id, { new_grade: 'A+' })
    expect([...refusal(answer), answer.error?.message]).toEqual([
      400,
      'GRADE_NOT_IN_SCHEME',
      'The grading scheme of this result has no grade A+. Its grades are: A, B, C, D, F.',
    ])
  })

  test('of a draft is refused', async () => {
    const { section, id } = await resultIn(w, 'draft')
    const answer = await request(section.teacher, id)
    expect([...refusal(answer), answer.error?.message]).toEqual([
      400,
      'RESULT_STILL_DRAFT',
      `This result is still a draft: edit it with PATCH /api/v1/results/${id}.`,
    ])
  })

  test('to what it already is, is refused', async () => {
    const { id } = await resultIn(w, 'published')
    for (const body of [{ new_percentage: 80 }, { new_grade: 'B+' }])
      expect(refusal(await request(w.registrar, id, body))).toEqual([400, 'RESULT_CHANGE_EMPTY'])
  })

  test('is refused while another one is pending, and possible again once that is resolved', async () => {
    const { section, id } = await resultIn(w, 'published')
    const first = await request(section.teacher, id)
    expect(refusal(await request(w.registrar, id, { new_percentage: 85 }))).toEqual([409, 'RESULT_CHANGE_PENDING'])
    await decide(w.registrar, first.data.id, false)
    expect((await request(w.registrar, id, { new_percentage: 85 })).status).toBe(201)
  })

  test('six times at once leaves one pending', async () => {
    const { section, id } = await resultIn(w, 'frozen')
    const count = await countRows('audit_log')
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, i) => request(section.teacher, id, { new_percentage: 90 + i })),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409, 409])
    expect((await w.registrar.get(`/results/changes?result_id=${id}`)).data.total).toBe(1)
    expect(await countRows('audit_log')).toBe(count + 1)
  })

  test('with a key is carried out once', async () => {
    const { section, id } = await resultIn(w, 'published')
    const body = { result_id: id, new_percentage: 91, reason }
    const key = { 'idempotency-key': 'change-once' }
    const first = await section.teacher.post('/results/change-request', body, key)
    const again = await section.teacher.post('/results/change-request', body, key)
    expect([first.status, again.status, again.data]).toEqual([201, 201, first.data])
  })

  test('holds against the version that was read', async () => {
    const { id } = await resultIn(w, 'published')
    const body = { result_id: id, new_percentage: 91, reason }
    const stale = await w.registrar.post('/results/change-request', body, { 'if-match': '"1"' })
    expect(refusal(stale)).toEqual([412, 'PRECONDITION_FAILED'])
    const { headers } = await w.registrar.get(`/results/${id}`)
    const current = { 'if-match': headers.get('etag')! }
    expect((await w.registrar.post('/results/change-request', body, current)).status).toBe(201)
  })

  test.each([
    ['a percentage above 100', { new_percentage: 100.01 }, 'body.new_percentage'],
    ['a percentage below 0', { new_percentage: -1 }, 'body.new_percentage'],
    ['a percentage of three decimals', { new_percentage: 80.005 }, 'body.new_percentage'],
    ['a percentage as text', { new_percentage: '90' }, 'body.new_percentage'],
    ['a reason too short', { new_percentage: 90, reason: 'too short' }, 'body.reason'],
    ['a reason of spaces', { new_percentage: 90, reason: ' '.repeat(20) }, 'body.reason'],
    ['a reason too long', { new_percentage: 90, reason: 'x'.repeat(501) }, 'body.reason'],
    ['another name for the requester', { new_percentage: 90, requested_by: 1 }, 'body.requested_by'],
  ])('with %s answers 422', async (_, body, path) => {
    const answer = await request(w.registrar, 1, body)
    expect([...refusal(answer), [...new Set(badFields(answer))]]).toEqual([422, 'VALIDATION_ERROR', [path]])
  })

  test.each([{}, { new_grade: 'A', new_percentage: 85 }])('wants one figure, not %j', async (body) => {
    const answer = await request(w.registrar, 1, body)
    expect([...refusal(answer), badFields(answer)]).toEqual([
      422,
      'VALIDATION_ERROR',
      ['body.new_grade', 'body.new_percentage'],
    ])
  })

  test('is for the teachers of the section, the registrar and the admin', async () => {
    const { section, student, id } = await resultIn(w, 'published')
    expect(refusal(await request(await w.teacher(), id))).toEqual([404, 'RESULT_NOT_FOUND'])
    expect(refusal(await request(await w.studentPersona(), id))).toEqual([403, 'HTTP_403'])
    expect(refusal(await request(w.registrar, 999_999))).toEqual([404, 'RESULT_NOT_FOUND'])
    expect((await w.registrar.get(`/results/changes?student_id=${student}`)).data.total).toBe(0)
    for (const caller of [section.teacher, w.registrar, await w.admin()]) {
      const { status, data } = await request(caller, id)
      expect(status).toBe(201)
      await decide(caller === w.registrar ? await w.admin() : w.registrar, data.id, false)
    }
  })
})
