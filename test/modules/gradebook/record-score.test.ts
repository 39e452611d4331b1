import { beforeAll, describe, expect, test } from 'vitest'
import { auditRows, countRows, type World, world } from '../../world.ts'
import { badFields, type GradedSection, gradedSection, refusal } from '../graded-section.ts'

let w: World
let section: GradedSection
beforeAll(async () => {
  w = await world()
  section = await gradedSection(w)
})

/** The body of the first score of one more student of the section. */
async function given(fields: object = {}) {
  const student = await w.student()
  await w.enroll(section.id, student.id)
  return { assessment_id: section.assessments[0], student_id: student.id, ...fields }
}

const record = (body: object) => section.teacher.post('/assessment-scores', body)

describe('recording a score', () => {
  test('keeps points, state and who graded, and leaves one audit row', async () => {
    const body = await given({ score: 84.25 })
    const answer = await record(body)
    expect(answer.status).toBe(201)
    expect(answer.data).toMatchObject({
      ...body,
      state: 'graded',
      section_id: section.id,
      graded_by: section.teacher.userId,
      version: 1,
    })
    const [audit, ...others] = await auditRows('score', answer.data.id)
    expect(others).toEqual([])
    expect(audit).toMatchObject({ action: 'score.create', actor_id: section.teacher.userId, status: 201 })
    expect(JSON.parse(audit!.changes)).toMatchObject({ score: { new: 84.25 }, student_id: { new: body.student_id } })
  })

  test('above the maximum is refused with both numbers, and nothing is written', async () => {
    const body = await given({ score: 105 })
    const [rows, audits] = [await countRows('score'), await countRows('audit_log')]
    const answer = await record(body)
    expect([...refusal(answer), answer.error?.message]).toEqual([
      400,
      'SCORE_EXCEEDS_MAX',
      'Score (105) cannot exceed max_score (100)',
    ])
    expect([await countRows('score'), await countRows('audit_log')]).toEqual([rows, audits])
  })

  test.each([0, 0.01, 33.33, 99.99, 100])('%d of 100 is kept exactly', async (score) => {
    const { data } = await record(await given({ score }))
    expect((await section.teacher.get(`/assessment-scores/${data.id}`)).data.score).toBe(score)
  })

  test.each([
    ['score', -0.01],
    ['score', 80.125],
    ['score', 0.0000001],
    ['score', '80'],
    ['state', 'late'],
    ['graded_by', 1],
    ['student_id', 0],
  ])('a %s of %j answers 422 and names the field', async (field, value) => {
    const answer = await record(await given({ score: 80, [field]: value }))
    expect([...refusal(answer), badFields(answer)]).toEqual([422, 'VALIDATION_ERROR', [`body.${field}`]])
  })

  test.each([
    { state: 'graded', score: null },
    { state: 'banked' },
    { state: 'missing', score: 0 },
    { state: 'excused', score: 50 },
    { state: 'exempt', score: 100 },
  ])('%j does not fit together', async (fields) => {
    expect(refusal(await record(await given(fields)))).toEqual([400, 'SCORE_STATE_MISMATCH'])
  })

  test.each([{ state: 'missing' }, { state: 'excused' }, { state: 'exempt' }, { state: 'banked', score: 70 }])(
    '%j fits together',
    async (fields) => {
      const answer = await record(await given(fields))
      expect([answer.status, answer.data.state, answer.data.score]).toEqual([201, fields.state, fields.score ?? null])
    },
  )

  test('of somebody who does not sit in the section is refused', async () => {
    const body = await given({ score: 80, student_id: (await w.student()).id })
    const answer = await record(body)
    expect([...refusal(answer), answer.error?.message]).toEqual([
      400,
      'NOT_ENROLLED',
      `The student with id ${body.student_id} is not enrolled in this section.`,
    ])
  })

  test('of somebody who dropped the section is refused', async () => {
    const body = await given({ score: 80 })
    const [seat] = (await w.registrar.get(`/enrollments?student_id=${body.student_id}`)).data.items
    await w.registrar.post(`/enrollments/${seat.id}/drop`)
    expect(refusal(await record(body))).toEqual([400, 'NOT_ENROLLED'])
  })

  test('a second one of the same student answers 409, also in parallel', async () => {
    const body = await given({ score: 80 })
    const answers = await Promise.all([record(body), record(body), record(body)])
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(answers.filter(({ error }) => error?.code === 'SCORE_EXISTS')).toHaveLength(2)
    expect(refusal(await record(body))).toEqual([409, 'SCORE_EXISTS'])
    expect((await w.registrar.get(`/assessment-scores?student_id=${body.student_id}`)).data.total).toBe(1)
  })

  test('of an unknown assessment answers 404', async () => {
    const answer = await record(await given({ score: 80, assessment_id: 999_999 }))
    expect([...refusal(answer), answer.error?.message]).toEqual([
      404,
      'ASSESSMENT_NOT_FOUND',
      'Assessment with id 999999 not found.',
    ])
  })
})

describe('changing a score', () => {
  const made = async (score = 80) => `/assessment-scores/${(await record(await given({ score }))).data.id}`

  test('changes points, names the new grader and keeps old and new in the audit log', async () => {
    const path = await made()
    const answer = await w.registrar.patch(path, { score: 91.5 })
    expect(answer.data).toMatchObject({ score: 91.5, graded_by: w.registrar.userId, version: 2 })
    const [audit] = await auditRows('score', answer.data.id)
    expect(audit).toMatchObject({ action: 'score.update', actor_id: w.registrar.userId })
    expect(JSON.parse(audit!.changes)).toEqual({
      score: { old: 80, new: 91.5 },
      graded_by: { old: section.teacher.userId, new: w.registrar.userId },
    })
  })

  test('above the maximum is refused', async () => {
    const answer = await section.teacher.patch(await made(), { score: 100.01 })
    expect([...refusal(answer), answer.error?.message]).toEqual([
      400,
      'SCORE_EXCEEDS_MAX',
      'Score (100.01) cannot exceed max_score (100)',
    ])
  })

  test('to excused takes the points away, and only together with them', async () => {
    const path = await made()
    expect(refusal(await section.teacher.patch(path, { state: 'excused' }))).toEqual([400, 'SCORE_STATE_MISMATCH'])
    const excused = await section.teacher.patch(path, { state: 'excused', score: null })
    expect([excused.data.state, excused.data.score]).toEqual(['excused', null])
  })

  test('does not move it to another student or assessment', async () => {
    const answer = await section.teacher.patch(await made(), { student_id: 1, assessment_id: 1 })
    expect([...refusal(answer), badFields(answer)]).toEqual([
      422,
      'VALIDATION_ERROR',
      ['body.student_id', 'body.assessment_id'],
    ])
  })

  test('a stale version answers 412', async () => {
    const path = await made()
    await section.teacher.patch(path, { score: 81 }, { 'if-match': '"1"' })
    expect(refusal(await section.teacher.patch(path, { score: 82 }, { 'if-match': '"1"' }))).toEqual([
      412,
      'PRECONDITION_FAILED',
    ])
    expect((await w.registrar.get(path)).data.score).toBe(81)
  })
})

describe('deleting a score', () => {
  test('lets a new one be recorded, and the old one is gone', async () => {
    const body = await given({ score: 80 })
    const { data } = await record(body)
    expect((await section.teacher.delete(`/assessment-scores/${data.id}`)).status).toBe(204)
    expect(refusal(await section.teacher.get(`/assessment-scores/${data.id}`))).toEqual([404, 'SCORE_NOT_FOUND'])
    expect((await record({ ...body, score: 70 })).data.id).not.toBe(data.id)
    const actions = (await auditRows('score', data.id)).map(({ action }) => action)
    expect(actions).toEqual(['score.delete', 'score.create'])
  })
})

describe('the scores of a section', () => {
  test('are not for another teacher', async () => {
    const body = await given({ score: 80 })
    const path = `/assessment-scores/${(await record(body)).data.id}`
    const stranger = await w.teacher()
    expect(refusal(await stranger.get(path))).toEqual([404, 'SCORE_NOT_FOUND'])
    expect(refusal(await stranger.patch(path, { score: 100 }))).toEqual([404, 'SCORE_NOT_FOUND'])
    expect(refusal(await stranger.delete(path))).toEqual([404, 'SCORE_NOT_FOUND'])
    expect(refusal(await stranger.post('/assessment-scores', body))).toEqual([404, 'ASSESSMENT_NOT_FOUND'])
    expect((await stranger.get(`/assessment-scores?section_id=${section.id}`)).data.items).toEqual([])
    expect((await w.registrar.get(path)).data).toMatchObject({ score: 80, version: 1 })
  })

  test('are not written by the student', async () => {
    const student = await w.studentPersona()
    const mine = await gradedSection(w, { students: [student.studentId!], marks: [[80]], released: true })
    const [score] = (await student.get('/assessment-scores')).data.items
    const body = { assessment_id: mine.assessments[0], student_id: student.studentId, score: 100 }
    expect(refusal(await student.post('/assessment-scores', body))).toEqual([403, 'HTTP_403'])
    expect(refusal(await student.patch(`/assessment-scores/${score.id}`, { score: 100 }))).toEqual([403, 'HTTP_403'])
    expect(refusal(await student.delete(`/assessment-scores/${score.id}`))).toEqual([403, 'HTTP_403'])
    const bulk = await student.put(`/sections/${mine.id}/gradebook`, { scores: [body] })
    expect(refusal(bulk)).toEqual([403, 'HTTP_403'])
  })
})
