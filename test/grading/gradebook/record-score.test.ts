import { beforeAll, describe, expect, test } from 'vitest'
import { refusal, badFields } from '../../call.ts'
import { auditRows, countRows, type World, world } from '../../world.ts'
import { type GradedSection, gradedSection } from '../graded-section.ts'

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
      `The student with id ${body.student_id} is not enrolled in this section. Have the student enrolled first.`,
    ])
  })

  test('of somebody who dropped the section is refused', async () => {
    const body = await given({ score: 80 })
    const [seat] = (await w.registrar.get(`/enrollments?student_id=${body.student_id}`)).data.items
    await w.registrar.post(`/enrollments/${seat!.id}/drop`)
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
