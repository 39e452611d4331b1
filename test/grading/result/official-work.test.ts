import { beforeAll, describe, expect, test } from 'vitest'
import { type Method, call, refusal } from '../../call.ts'
import { csv, importFile, problems } from '../../exchange/import/files.ts'
import { meanwhile } from '../../platform/database/between.ts'
import { codeOf, json, serveWith } from '../../platform/http/serve.ts'
import { countRows, type Persona, testEnv, type World, world } from '../../world.ts'
import { computed, execute, type GradedSection, gradedSection, rowOf, scoreOf } from '../graded-section.ts'

let w: World
let admin: Persona
let of: GradedSection
let ids: Record<'score' | 'open' | 'deleted' | 'attendance' | 'category' | 'spare', number>
/** By which a file names the section, and its two students: the result of the first is official, that of the second is not. */
let named: Record<string, string>
let numbers: string[]

beforeAll(async () => {
  w = await world()
  admin = await w.admin()
  const [course, term] = [await w.course({ absence_penalty: 2 }), await w.term()]
  of = await gradedSection(w, { course_id: course.id, term_id: term.id, weights: [], marks: [[], []] })
  const category = await w.category(of.id, { weight: 100 })
  for (const title of ['Essay', 'Exam', 'Spare'])
    of.assessments.push((await w.assessment(of.id, { category_id: category.id, title })).id)
  const { teacher } = of
  const scores = [scoreOf(of, 0, 0, 80), scoreOf(of, 0, 1, 70), scoreOf(of, 1, 0, 60)]
  const made = await Promise.all(scores.map((score) => teacher.post('/assessment-scores', score)))
  const [one, gone, open] = made.map(({ data }) => data.id)
  const attendance = await teacher.post('/attendance', hour(0, 'absent'))
  await teacher.delete(`/assessment-scores/${gone}`)
  await teacher.delete(`/assessments/${of.assessments[2]}`)
  ids = {
    score: one!,
    open: open!,
    deleted: gone!,
    attendance: attendance.data.id,
    category: category.id,
    spare: of.assessments[2]!,
  }
  const [result] = await computed(w, of)
  expect((await w.registrar.post('/results/publish', { result_id: result })).status).toBe(200)
  named = { course_code: course.code, term_code: term.code, section_number: '1' }
  const found = await Promise.all(of.students.map((id) => w.registrar.get(`/students/${id}`)))
  numbers = found.map(({ data }) => data.student_number)
})

const hour = (student: number, status: string, fields: object = {}) => ({
  section_id: of.id,
  student_id: of.students[student]!,
  date: '2026-10-02',
  status,
  ...fields,
})

/** Whatever the figures of the section are made of. */
const work = () =>
  Promise.all(
    ['score', 'assessment', 'assessment_category', 'attendance', 'audit_log'].map(
      async (table) => (await testEnv.DB.prepare(`select * from ${table} order by id`).all()).results,
    ),
  )

const closed: [string, Method, () => string, (() => object)?][] = [
  ['another score', 'PATCH', () => `/assessment-scores/${ids.score}`, () => ({ score: 81 })],
  ['a first score', 'POST', () => '/assessment-scores', () => scoreOf(of, 0, 1, 90)],
  ['no score', 'DELETE', () => `/assessment-scores/${ids.score}`],
  ['a score that comes back', 'POST', () => `/assessment-scores/${ids.deleted}/restore`],
  ['another mark of attendance', 'PATCH', () => `/attendance/${ids.attendance}`, () => ({ status: 'present' })],
  ['an hour more', 'POST', () => '/attendance', () => hour(0, 'absent', { period: 2 })],
  ['an hour less', 'DELETE', () => `/attendance/${ids.attendance}`],
  ['another maximum', 'PATCH', () => `/assessments/${of.assessments[0]}`, () => ({ max_score: 90 })],
  ['another weight', 'PATCH', () => `/assessments/${of.assessments[0]}`, () => ({ weight: 50 })],
  [
    'another day for the latest',
    'PATCH',
    () => `/assessments/${of.assessments[0]}`,
    () => ({ due_at: '2026-10-20T00:00:00Z' }),
  ],
  [
    'more work',
    'POST',
    () => '/assessments',
    () => ({ section_id: of.id, category_id: ids.category, type: 'quiz', title: 'Late' }),
  ],
  ['less work', 'DELETE', () => `/assessments/${of.assessments[1]}`],
  ['work that comes back', 'POST', () => `/assessments/${ids.spare}/restore`],
  ['another weight of a category', 'PATCH', () => `/assessment-categories/${ids.category}`, () => ({ weight: 90 })],
  ['another way to sum up', 'PATCH', () => `/assessment-categories/${ids.category}`, () => ({ aggregation: 'mean' })],
  [
    'one more category',
    'POST',
    () => '/assessment-categories',
    () => ({ section_id: of.id, name: 'Bonus', weight: 0 }),
  ],
]

describe('the work behind an official result is closed, whoever asks', () => {
  test.each(closed)('to %s', async (_, method, path, body) => {
    const before = await work()
    for (const caller of [w.registrar, admin, of.teacher]) {
      const answer = await call(caller, method, path(), body?.())
      expect(refusal(answer)).toEqual([409, 'RESULT_OFFICIAL'])
      expect(answer.error?.message).toContain('/results/change-request')
    }
    expect(await work()).toEqual(before)
  })

  test('and reported by item in a gradebook and a roster; what is the same may be repeated, what is open is written', async () => {
    const scores = [scoreOf(of, 0, 0, 80), scoreOf(of, 0, 1, 90), scoreOf(of, 1, 0, 61)]
    const official = (index: number) => ({ index, code: 'RESULT_OFFICIAL' })
    for (const [query, updated] of [
      ['?dry_run=true', 1],
      ['', 1],
    ] as const)
      expect((await of.teacher.put(`/sections/${of.id}/gradebook${query}`, { scores })).data).toMatchObject({
        created: 0,
        updated,
        skipped: 1,
        errors: [official(1)],
      })
    const records = [0, 1].map((student) => ({ student_id: of.students[student], status: 'late' }))
    const roster = { date: '2026-10-02', records }
    const taken = await of.teacher.put(`/sections/${of.id}/attendance`, roster)
    expect(taken.data).toMatchObject({ created: 1, errors: [official(0)] })
    expect(await rowOf('select score from score where id = ?', ids.score)).toEqual({ score: 8000 })
    expect(await rowOf('select score from score where id = ?', ids.open)).toEqual({ score: 6100 })
  })

  test('to imports, line by line; equal lines and those of others pass', async () => {
    const score = (student: number, assessment_title: string, points: number) => ({
      ...named,
      student_number: numbers[student],
      assessment_title,
      score: points,
    })
    const scores = [score(0, 'Essay', 80), score(0, 'Exam', 75), score(1, 'Exam', 75)]
    const imported = await importFile(w.registrar, 'scores', csv(scores))
    expect(imported.data).toMatchObject({ created: 1, updated: 0, skipped: 1, failed: 1 })
    expect(problems(imported)).toEqual([[3, 'student_number', 'RESULT_OFFICIAL']])
    const hours = [0, 1].map((student) => ({
      ...named,
      student_number: numbers[student],
      date: '2026-10-03',
      status: 'absent',
    }))
    expect(problems(await importFile(w.registrar, 'attendance', csv(hours)))).toEqual([
      [2, 'student_number', 'RESULT_OFFICIAL'],
    ])
    const works = [{ ...named, title: 'Essay', type: 'final', max_score: 60 }]
    expect(problems(await importFile(w.registrar, 'assessments', csv(works)))).toEqual([
      [2, 'max_score', 'MAX_SCORE_BELOW_SCORES'],
      [2, 'section_number', 'RESULT_OFFICIAL'],
    ])
  })

  test('and so are the days of the seat, and no further seat gets in by a file', async () => {
    const [seat] = (await w.registrar.get(`/enrollments?section_id=${of.id}&student_id=${of.students[0]}`)).data.items
    for (const days of [{ member_from: '2026-10-09' }, { member_until: '2026-10-09' }])
      expect(refusal(await w.registrar.patch(`/enrollments/${seat!.id}`, days))).toEqual([409, 'ENROLLMENT_GRADED'])
    const past = { status: 'dropped', enrolled_at: '2026-10-01', ended_at: '2026-10-02' }
    const rows = [{ ...named, student_number: numbers[0], ...past }]
    expect(problems(await importFile(w.registrar, 'enrollments', csv(rows)))).toEqual([
      [2, 'student_number', 'ENROLLMENT_GRADED'],
    ])
    const moved = {
      status: 'completed',
      enrolled_at: seat!.enrolled_at,
      ended_at: seat!.ended_at,
      member_from: '2026-10-09',
    }
    await importFile(w.registrar, 'enrollments', csv([{ ...named, student_number: numbers[0], ...moved }]))
    expect((await w.registrar.get(`/enrollments/${seat!.id}`)).data).toEqual(seat)
  })

  test('but not to those who are to see their scores', async () => {
    const released = await of.teacher.post(`/assessments/${of.assessments[0]}/release`)
    expect(released.data).toMatchObject({ released: true })
    const { category_id, type, title, weight, max_score, due_at, title_el } = released.data
    const again = { section_id: of.id, category_id, type, title, title_el, weight, max_score, due_at, released: false }
    expect((await of.teacher.put(`/assessments/${of.assessments[0]}`, again)).status).toBe(200)
  })

  test('and what an absence costs stays as it was, and how attendance counts', async () => {
    const grade = () => w.registrar.get(`/students/${of.students[0]}/sections/${of.id}/final-grade`)
    const attendance = () => w.registrar.get(`/attendance/percentage?student_id=${of.students[0]}&section_id=${of.id}`)
    const [before, counted] = [(await grade()).data, (await attendance()).data]
    expect(before.absence_deduction).toBe(2)
    expect(counted.rule.excused).toBe('left_out')
    const { course_id } = (await w.registrar.get(`/sections/${of.id}`)).data
    const rule = { late_counts: 0, excused: 'absent', minimum: 10 }
    await w.registrar.patch(`/courses/${course_id}`, { absence_penalty: 50, attendance_rule: rule })
    expect((await grade()).data).toEqual(before)
    expect((await attendance()).data).toEqual(counted)
  })

  test('to SQL', async () => {
    for (const [table, id] of [
      ['score', ids.score],
      ['attendance', ids.attendance],
    ] as const)
      await expect(execute(`update ${table} set deleted_at = ? where id = ?`, '2026-11-01', id)).rejects.toThrow(
        'work_is_official',
      )
  })
})

describe('a result that becomes official meanwhile', () => {
  async function raced(ask: (section: GradedSection, score: number) => [string, string, object]) {
    const section = await gradedSection(w, { marks: [[80]] })
    await computed(w, section)
    const [score] = (await w.registrar.get(`/assessment-scores?section_id=${section.id}`)).data.items
    const publish = () => w.registrar.post('/results/publish', { section_id: section.id })
    const [method, path, body] = ask(section, score!.id)
    const init = json(method, body, { authorization: `Bearer ${section.teacher.token}` })
    const answer = await serveWith({ DB: meanwhile(publish) }, `/api/v1${path}`, init)
    expect(await rowOf('select score from score where id = ?', score!.id)).toEqual({ score: 8000 })
    expect(await countRows(`live_result where section_id = ${section.id} and state = 'published'`)).toBe(1)
    return answer
  }

  test('keeps the score it was made of', async () => {
    expect(await codeOf(await raced((_, score) => ['PATCH', `/assessment-scores/${score}`, { score: 10 }]))).toBe(
      '409 RESULT_OFFICIAL',
    )
  })

  test('is told by item where many are written', async () => {
    const answer = await raced((section) => [
      'PUT',
      `/sections/${section.id}/gradebook`,
      { scores: [scoreOf(section, 0, 0, 10)] },
    ])
    const { data } = (await answer.json()) as { data: { errors: unknown[] } }
    expect(data).toMatchObject({ updated: 0, failed: 1, errors: [{ index: 0, code: 'RESULT_OFFICIAL' }] })
  })
})
