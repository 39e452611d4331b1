import { beforeAll, describe, expect, test } from 'vitest'
import { refusal, badFields } from '../../call.ts'
import { auditRows, type World, world } from '../../world.ts'
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

describe('changing a score', () => {
  const made = async (score = 80) => `/assessment-scores/${(await record(await given({ score }))).data.id}` as const

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
    const answer = await section.teacher.patch(await made(), { student_id: 999_999, assessment_id: 999_999 })
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
    const path = `/assessment-scores/${(await record(body)).data.id}` as const
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
    expect(refusal(await student.patch(`/assessment-scores/${score!.id}`, { score: 100 }))).toEqual([403, 'HTTP_403'])
    expect(refusal(await student.delete(`/assessment-scores/${score!.id}`))).toEqual([403, 'HTTP_403'])
    const bulk = await student.put(`/sections/${mine.id}/gradebook`, { scores: [body] })
    expect(refusal(bulk)).toEqual([403, 'HTTP_403'])
  })
})
