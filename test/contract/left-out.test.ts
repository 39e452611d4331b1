import { beforeAll, describe, expect, test } from 'vitest'
import { badFields, refusal } from '../call.ts'
import { type Persona, type World, world } from '../world.ts'
import { hold, scored, taught } from './sample-rows.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

interface Refused {
  error: { details: { errors?: { path: string; code: string }[] } } | null
}
const told = ({ error }: Refused) => (error?.details?.errors ?? []).map(({ path, code }) => `${path}: ${code}`)
const nowhere = 999_999

describe('what depends on a field that is not well-formed is left out', () => {
  test('of a row that is there, although the row has that field', async () => {
    const { id } = await w.student({ date_of_birth: '2004-05-06', enrollment_date: '2024-10-01' })
    const early = { enrollment_date: '2010-10-01' }
    expect(told(await admin.patch(`/students/${id}`, early))).toContain('date_of_birth: BIRTH_DATE_UNLIKELY')
    expect(told(await admin.patch(`/students/${id}`, { ...early, date_of_birth: 'May' }))).toEqual([
      'date_of_birth: invalid_format',
    ])
  })

  test('and nothing else: the other dates of a term are compared beside one that is no date', async () => {
    const { id } = await w.term()
    const turned = { start_date: '2027-09-01', end_date: '2026-01-01', drop_deadline: 'x' }
    const window = { enrollment_opens_at: '2027-01-01T00:00:00Z', enrollment_closes_at: '2026-01-01T00:00:00Z' }
    expect(told(await admin.patch(`/terms/${id}`, { ...turned, ...window })).toSorted()).toEqual([
      'drop_deadline: invalid_format',
      'end_date: TERM_DATES_ORDERED',
      'enrollment_closes_at: TERM_ENROLLMENT_WINDOW_ORDERED',
      'enrollment_opens_at: TERM_OPENS_AFTER_END',
    ])
  })

  test('of days of which one is not given', async () => {
    const path = `/students/${(await w.student()).id}/holds` as const
    const over = { ...hold, until: '2001-01-01' }
    expect(told(await admin.post(path, { ...over, office: 5 }))).toEqual([
      'office: wrong_type',
      'until: HOLD_DAYS_INVALID',
    ])
    expect(told(await admin.post(path, { ...over, from: 5 }))).toEqual(['from: wrong_type'])
  })

  test('of a meeting, and of an entry that looks like another', async () => {
    const { id } = await w.section()
    const meetings = [{ weekday: 1, start: 'noon', end: '09:00' }]
    expect(told(await admin.put(`/sections/${id}/meetings`, { meetings }))).toEqual([
      'meetings.0.start: invalid_format',
    ])
    const twice = [
      { student_id: 1, status: 'asleep' },
      { student_id: 1, status: 'present' },
    ]
    expect(told(await admin.put(`/sections/${id}/attendance`, { records: twice }))).toEqual([
      'records.0.status: not_one_of',
    ])
  })

  test('of a row that stays in its section: what is wrong in another one', async () => {
    const { id } = await w.category((await w.section()).id, { weight: 10 })
    const answer = await admin.patch(`/assessment-categories/${id}`, { section_id: nowhere, name: 5 })
    expect(told(answer)).toEqual(['name: wrong_type', 'section_id: CATEGORY_SECTION_FIXED'])
  })
})

test('a refusal for a full section, which tells all its reasons, is one round trip', async () => {
  const { id: section_id } = await w.section({ capacity: 0 })
  const answer = await admin.post('/enrollments', { section_id, student_id: (await w.student()).id })
  expect([refusal(answer), answer.headers.get('server-timing')]).toEqual([
    [400, 'SECTION_FULL'],
    expect.stringContaining('in 1 round trips'),
  ])
})

describe('nothing is told', () => {
  test('of the body for a row that the path does not find', async () => {
    const meetings = [
      { weekday: 1, start: '09:00', end: '11:00' },
      { weekday: 1, start: '10:00', end: '12:00' },
    ]
    const answer = await admin.put(`/sections/${nowhere}/meetings`, { meetings })
    expect([refusal(answer), told(answer)]).toEqual([[404, 'SECTION_NOT_FOUND'], []])
    const { id } = await w.section()
    expect(told(await admin.put(`/sections/${id}/meetings`, { meetings }))).toEqual(['meetings.1: MEETINGS_OVERLAP'])
  })

  test('a student of another one', async () => {
    const [me, other] = [await w.studentPersona(), await w.student()]
    const ask = (student_id: number) => me.post('/enrollments', { section_id: nowhere, student_id })
    expect(told(await ask(other.id))).toEqual(['section_id: SECTION_NOT_FOUND', 'student_id: STUDENT_NOT_FOUND'])
    expect(told(await ask(other.id))).toEqual(told(await ask(nowhere)))
    expect(told(await ask(me.studentId!))).toEqual(['section_id: SECTION_NOT_FOUND'])
  })

  test('a teacher of a row, a student or a result of a section that somebody else keeps', async () => {
    const [{ assessment, student, score }, stranger] = [await scored(w), await w.teacher()]
    const bodies = [
      { assessment_id: assessment.id, student_id: student.id, score: 101, state: 'graded', made_up: 1 },
      { assessment_id: nowhere, student_id: student.id, score: 101, state: 'graded', made_up: 1 },
    ]
    const [ofAnother, ofNone] = await Promise.all(bodies.map((body) => stranger.post('/assessment-scores', body)))
    expect(told(ofAnother!)).toEqual(['made_up: unknown', 'assessment_id: ASSESSMENT_NOT_FOUND'])
    expect(told(ofAnother!)).toEqual(told(ofNone!))
    const changed = await stranger.patch(`/assessment-scores/${score.id}`, {
      score: 101,
      created_at: '2001',
      made_up: 1,
    })
    expect(told(changed)).toEqual(['made_up: unknown'])
  })

  test('of weights in a section that somebody else keeps', async () => {
    const [{ section }, stranger] = [await taught(w), await w.teacher()]
    const body = { section_id: section.id, type: 'quiz', title: 5, weight: 1 }
    expect(badFields(await stranger.post('/assessments', body))).toEqual(['body.title', 'body.section_id'])
    expect(told(await admin.post('/assessments', body))).toEqual(['title: wrong_type', 'weight: WEIGHT_EXCEEDED'])
  })
})
