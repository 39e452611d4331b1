import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { type Persona, persona, type World, world } from '../../world.ts'
import { type GradedSection, gradedSection, mark } from '../graded-section.ts'

let w: World
let me: Persona
let other: Persona
let section: GradedSection

beforeAll(async () => {
  w = await world()
})

/** Two students in a section of two halves; only the first half is released. */
beforeEach(async () => {
  me = await w.studentPersona()
  other = await w.studentPersona()
  const students = [me.studentId!, other.studentId!]
  const marks = [
    [80, 31.25],
    [70, 95.5],
  ]
  section = await gradedSection(w, { weights: [50, 50], students, marks })
  await section.teacher.post(`/assessments/${section.assessments[0]}/release`)
})

type Row = { id: number; student_id: number; assessment_id: number; score: number }

const scoresFor = async (caller: Persona, query = '') =>
  (await caller.get(`/assessment-scores${query}`)).data.items as Row[]

const gradePath = (student: number | null) => `/students/${student}/sections/${section.id}/final-grade` as const

describe('a student', () => {
  test('sees the own scores of released work, and nothing else', async () => {
    const [mine, ...others] = await scoresFor(me)
    expect(others).toEqual([])
    expect(mine).toMatchObject({ student_id: me.studentId, assessment_id: section.assessments[0], score: 80 })
    expect((await me.get(`/assessment-scores/${mine!.id}`)).data).toEqual(mine)
    expect((await me.get('/assessment-scores')).data.total).toBe(1)
  })

  test('finds no other score by its id', async () => {
    const hidden = (await scoresFor(section.teacher)).filter(({ score }) => score !== 80)
    expect(hidden).toHaveLength(3)
    for (const { id } of hidden)
      expect(refusal(await me.get(`/assessment-scores/${id}`))).toEqual([404, 'SCORE_NOT_FOUND'])
  })

  test('cannot ask for other scores by a filter', async () => {
    const [first, second] = section.assessments
    for (const query of [
      `?student_id=${other.studentId}`,
      `?student_id__in=${other.studentId},999999`,
      `?assessment_id=${second}`,
      `?assessment_id=${first}&student_id=${other.studentId}`,
      '?score=95.5',
      '?score__gt=80',
      '?score__lt=80',
      '?state__in=missing,excused,exempt,banked',
    ]) {
      const { data } = await me.get(`/assessment-scores${query}`)
      expect([query, data.items, data.total]).toEqual([query, [], 0])
    }
  })

  test.each(['id', '-id', 'assessment_id', '-student_id,assessment_id', '-updated_at'])(
    'learns nothing from the ordering %s',
    async (ordering) => {
      expect((await scoresFor(me, `?ordering=${ordering}`)).map(({ score }) => score)).toEqual([80])
    },
  )

  test('reads the own grade made of released work only', async () => {
    const { data } = await me.get(gradePath(me.studentId))
    expect(data.breakdown.map((row) => row.assessment_id)).toEqual([section.assessments[0]])
    expect([data.current.percentage, data.final.percentage]).toEqual([80, 40])
    expect((await section.teacher.get(gradePath(me.studentId))).data.final.percentage).toBe(55.63)
  })

  test('finds no grade of another student, nor of a section elsewhere', async () => {
    expect(refusal(await me.get(gradePath(other.studentId)))).toEqual([404, 'SECTION_NOT_FOUND'])
    const elsewhere = await w.section()
    const answer = await me.get(`/students/${me.studentId}/sections/${elsewhere.id}/final-grade`)
    expect(refusal(answer)).toEqual([400, 'NOT_ENROLLED'])
  })

  test('reads neither the gradebook nor the grades of everybody', async () => {
    expect(refusal(await me.get(`/sections/${section.id}/gradebook`))).toEqual([403, 'HTTP_403'])
    expect(refusal(await me.get(`/sections/${section.id}/final-grades`))).toEqual([403, 'HTTP_403'])
  })

  test.each([[0], [100], ['excused'], ['exempt'], ['missing']] as const)(
    'cannot tell that unreleased work became %s',
    async (changed) => {
      const seen = async () => {
        const answers = [
          await me.get('/assessment-scores'),
          await me.get(gradePath(me.studentId)),
          await me.get('/assessments'),
          await me.get('/results'),
          await me.get(`/sections/${section.id}`),
        ]
        return answers.map(({ status, data, headers }) => [status, data, headers.get('etag')])
      }
      const before = await seen()
      await mark(w, section, [[null, changed]])
      expect(await seen()).toEqual(before)
      await section.teacher.post(`/assessments/${section.assessments[1]}/release`)
      expect(await seen()).not.toEqual(before)
    },
  )

  test('sees no longer what is taken back', async () => {
    await section.teacher.patch(`/assessments/${section.assessments[0]}`, { released: false })
    expect(await scoresFor(me)).toEqual([])
    const { data } = await me.get(gradePath(me.studentId))
    expect([data.final.percentage, data.breakdown]).toEqual([0, []])
  })
})

test('an account of an applicant, with no student behind it, sees no score at all', async () => {
  const applicant = await persona('student')
  expect(await scoresFor(applicant)).toEqual([])
  expect(refusal(await applicant.get(gradePath(me.studentId)))).toEqual([404, 'SECTION_NOT_FOUND'])
})
