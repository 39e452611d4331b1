import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { execute } from '../../grading/graded-section.ts'
import { auditRows, countRows, type Persona, type World, world } from '../../world.ts'
import { dayFromNow, underWay } from '../../under-way.ts'

let w: World
let term: number
let course: number
let sections: { id: number; quiz: number; essay: number; group: number }[]
let student: Persona
let studentId: number
beforeAll(async () => {
  w = await world()
  term = (await w.term(underWay)).id
  course = (await w.course()).id
  sections = []
  for (const number of ['1', '2', '3']) {
    const { id } = await w.section({ course_id: course, term_id: term, number })
    const group = (await w.category(id, { name: 'Coursework', weight: 100 })).id
    const of = { category_id: group, released: true }
    const quiz = (await w.assessment(id, { ...of, type: 'quiz', title: 'Quiz', max_score: 10 })).id
    // The same title for another maximum is other work.
    const essay = (await w.assessment(id, { ...of, type: 'project', title: 'Essay', max_score: 10 + id })).id
    sections.push({ id, quiz, essay, group })
  }
  student = await w.studentPersona()
  studentId = student.studentId!
})

const [day, later] = [dayFromNow(-20), dayFromNow(-10)]
const score = (assessment_id: number, points: number, student_id = studentId) =>
  w.registrar.post('/assessment-scores', { assessment_id, student_id, score: points })
const attend = (section_id: number, date: string, status: string, student_id = studentId) =>
  w.registrar.post('/attendance', { section_id, student_id, date, status })
const scoresIn = async (section: number) =>
  (await w.registrar.get(`/assessment-scores?section_id=${section}&student_id=${studentId}&ordering=id`)).data.items
const attendanceIn = async (section: number) =>
  (await w.registrar.get(`/attendance?section_id=${section}&student_id=${studentId}&ordering=date`)).data.items
const transfer = (seat: number, section_id: number, query = '') =>
  w.registrar.post(`/enrollments/${seat}/transfer${query}`, { section_id })

test('work goes with the student: there, on to a third section, and back', async () => {
  const [a, b, c] = sections as [(typeof sections)[0], (typeof sections)[0], (typeof sections)[0]]
  const seat = await w.enroll(a.id, studentId)
  await score(a.quiz, 9)
  await score(a.essay, 7)
  await attend(a.id, day, 'absent')
  const told = {
    carried: { scores: 1, attendance: 1 },
    left_behind: [{ assessment_id: a.essay, title: 'Essay', score: 7, reason: 'no_counterpart' }],
  }
  const before = await countRows('audit_log')
  const rehearsal = await transfer(seat.id, b.id, '?dry_run=true')
  expect([rehearsal.status, rehearsal.data]).toMatchObject([
    200,
    { ...told, id: seat.id, status: 'enrolled', dry_run: true },
  ])
  expect(await countRows('audit_log')).toBe(before)
  const moved = await transfer(seat.id, b.id)
  expect([moved.status, moved.data]).toMatchObject([
    201,
    { ...told, section_id: b.id, status: 'enrolled', dry_run: false },
  ])
  const [audit] = await auditRows('enrollment', moved.data.id)
  expect(JSON.parse(audit!.changes)).toMatchObject({ carried: { new: told.carried } })
  expect((await w.registrar.get(`/enrollments/${seat.id}`)).data).toMatchObject({
    status: 'transferred',
    end_reason: 'transferred',
    transferred_to: moved.data.id,
  })
  const graded_at = (await scoresIn(a.id))[0]!.graded_at
  expect(graded_at < moved.data.enrolled_at).toBe(true)
  expect(await scoresIn(b.id)).toMatchObject([{ assessment_id: b.quiz, score: 9, graded_at }])
  expect(await attendanceIn(b.id)).toMatchObject([{ date: day, status: 'absent' }])
  expect((await scoresIn(a.id)).map((row) => row.score)).toEqual([9, 7])
  expect((await w.registrar.get(`/students/${studentId}/sections/${b.id}/final-grade`)).data.current.percentage).toBe(
    90,
  )

  const [copy] = await scoresIn(b.id)
  await w.registrar.patch(`/assessment-scores/${copy!.id}`, { score: 8 })
  await attend(b.id, later, 'present')
  // Made where the student was at first: it is found there, too.
  const twin = await w.assessment(c.id, { category_id: c.group, type: 'project', title: 'Essay', max_score: 10 + a.id })
  const on = (await transfer(moved.data.id, c.id)).data
  expect(on).toMatchObject({ carried: { scores: 2, attendance: 2 }, left_behind: [] })
  expect(await scoresIn(c.id)).toMatchObject([
    { assessment_id: twin.id, score: 7 },
    { assessment_id: c.quiz, score: 8 },
  ])
  const back = (await transfer(on.id, a.id)).data
  expect(back).toMatchObject({ carried: { scores: 2, attendance: 1 }, left_behind: [] })
  expect((await scoresIn(a.id)).map((row) => row.score)).toEqual([8, 7])
  expect((await attendanceIn(a.id)).map((row) => row.status)).toEqual(['absent', 'present'])
  const ends = `live_score where student_id = ${studentId} and carried_to is null`
  expect(await countRows(ends)).toBe(2)
})

describe('a transfer', () => {
  test('of the student tells them of no score that is not released', async () => {
    const [a, b] = sections as [(typeof sections)[0], (typeof sections)[0]]
    const own = await w.studentPersona()
    const seat = await w.enroll(a.id, own.studentId!)
    const secret = await w.assessment(a.id, { category_id: a.group, title: 'Secret', released: false })
    await score(secret.id, 50, own.studentId!)
    await score(a.essay, 3, own.studentId!)
    // In no category there, which is another than here.
    const lab = { type: 'quiz', title: 'Lab', max_score: 5, released: true }
    await w.assessment(b.id, lab)
    await score((await w.assessment(a.id, { ...lab, category_id: a.group })).id, 3, own.studentId!)
    const { data } = await own.post(`/enrollments/${seat.id}/transfer?dry_run=true`, { section_id: b.id })
    expect(data.left_behind.map(({ title }) => title)).toEqual(['Essay', 'Lab'])
  })

  test('counts as no drop and no W: not in the list of dropped, nor for results', async () => {
    const { id } = await w.student()
    const [a, b] = sections as [(typeof sections)[0], (typeof sections)[0]]
    const seat = await w.enroll(a.id, id)
    await transfer(seat.id, b.id)
    const listed = async (status: string) =>
      (await w.registrar.get(`/enrollments?student_id=${id}&status=${status}`)).data.total
    expect([await listed('transferred'), await listed('dropped'), await listed('enrolled')]).toEqual([1, 0, 1])
    const { data } = await w.registrar.get(`/students/${id}/record`)
    const states = data.terms.flatMap((one) => one.sections.map(({ enrollment }) => enrollment?.status))
    expect(states.toSorted()).toEqual(['enrolled', 'transferred'])
    const again = await w.registrar.post(`/enrollments/${seat.id}/drop`)
    expect(refusal(again)).toEqual([409, 'ENROLLMENT_ENDED'])
    expect(again.error!.message).toContain('another section')
  })

  test('carries the score that was corrected last, though it was recorded first', async () => {
    const [a, b, c] = sections as [(typeof sections)[0], (typeof sections)[0], (typeof sections)[0]]
    const { id } = await w.student()
    const dropped = await w.enroll(a.id, id)
    const first = (await score(a.quiz, 5, id)).data
    await w.registrar.post(`/enrollments/${dropped.id}/drop`)
    const seat = await w.enroll(b.id, id)
    await score(b.quiz, 6, id)
    expect((await w.registrar.patch(`/assessment-scores/${first.id}`, { score: 7 })).status).toBe(200)
    await transfer(seat.id, c.id)
    const there = await w.registrar.get(`/assessment-scores?assessment_id=${c.quiz}&student_id=${id}`)
    expect(there.data.items.map((row) => row.score)).toEqual([7])
  })

  test('carries the newest of several scores for the same work', async () => {
    const [a, b, c] = sections as [(typeof sections)[0], (typeof sections)[0], (typeof sections)[0]]
    const { id } = await w.student()
    const dropped = await w.enroll(a.id, id)
    await score(a.quiz, 5, id)
    await w.registrar.post(`/enrollments/${dropped.id}/drop`)
    const seat = await w.enroll(b.id, id)
    await score(b.quiz, 6, id)
    const { data } = await transfer(seat.id, c.id)
    expect(data).toMatchObject({
      carried: { scores: 1, attendance: 0 },
      left_behind: [{ assessment_id: a.quiz, score: 5, reason: 'newer_score' }],
    })
    const there = await w.registrar.get(`/assessment-scores?assessment_id=${c.quiz}&student_id=${id}`)
    expect(there.data.items.map((row) => row.score)).toEqual([6])
  })

  test('by a promotion from the waitlist carries the work, too', async () => {
    const { id } = await w.student()
    const [a] = sections as [(typeof sections)[0]]
    const full = await w.section({ course_id: course, term_id: term, number: 'F', capacity: 1, waitlist_capacity: 1 })
    const blocking = await w.enroll(full.id, (await w.student()).id)
    const seat = await w.enroll(a.id, id)
    await w.registrar.patch(`/enrollments/${seat.id}`, { member_from: day })
    expect((await attend(a.id, day, 'late', id)).status).toBe(201)
    await w.registrar.post(`/sections/${full.id}/waitlist`, { student_id: id, swap: true })
    await w.registrar.post(`/enrollments/${blocking.id}/drop`)
    expect((await w.registrar.get(`/enrollments/${seat.id}`)).data.status).toBe('transferred')
    expect((await w.registrar.get(`/attendance?section_id=${full.id}&student_id=${id}`)).data.items).toMatchObject([
      { date: day, status: 'late' },
    ])
  })

  test('carries a score once: a second copy of it that counts is refused by the database', async () => {
    const [a, b, c] = sections as [(typeof sections)[0], (typeof sections)[0], (typeof sections)[0]]
    const { id } = await w.student()
    const seat = await w.enroll(a.id, id)
    const { data } = await score(a.quiz, 4, id)
    await transfer(seat.id, b.id)
    await execute(
      `insert into enrollment (section_id, student_id, status, enrolled_at, ended_at, created_at, updated_at)
       values (?, ?, 'dropped', '2026-01-01', '2026-01-02', '2026-01-01', '2026-01-01')`,
      c.id,
      id,
    )
    const copying = execute(
      `insert into score (assessment_id, student_id, score, state, created_at, updated_at, carried_from)
       select ?, student_id, score, state, created_at, updated_at, id from score where id = ?`,
      b.essay,
      data.id,
    )
    await expect(copying).rejects.toThrow('score.carried_from')
  })
})
