import { beforeAll, describe, expect, test } from 'vitest'
import { studentsNamed } from '../named.ts'
import { refusal } from '../../call.ts'
import { composeRecord } from '#/paperwork/transcript/compose-record.ts'
import { findRecordRows } from '#/paperwork/transcript/queries.ts'
import { systemContext, type World, world } from '../../world.ts'
import { gradedSection, published, taken } from '../graded-section.ts'
import { past, underWay } from '../../under-way.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

/** A section of two, the second of whom withdraws. */
async function withOneLess(marks = [[80], [90]]) {
  const term = await w.term({ ...underWay, drop_deadline: past })
  const section = await gradedSection(w, { marks, term_id: term.id })
  const leave = async (student: number) => {
    const [seat] = (await w.registrar.get(`/enrollments?section_id=${section.id}&student_id=${student}`)).data.items
    return w.registrar.post(`/enrollments/${seat!.id}/withdraw`)
  }
  await leave(section.students.at(-1)!)
  return { ...section, leave, left: section.students.at(-1)! }
}
const compute = (section: number) => w.registrar.post(`/sections/${section}/results/compute`)
const resultsOf = async (section: number) => (await w.registrar.get(`/results?section_id=${section}`)).data.items
const mark = { outcome: 'withdrawn', letter: 'W', percentage: 0, points: 0, value: 0, credits: 0 }

describe('who withdraws', () => {
  test('gets a W, the others their grades', async () => {
    const section = await withOneLess()
    expect((await compute(section.id)).data).toMatchObject({ created: 2, updated: 0, locked: 0 })
    const [grade, w_] = await resultsOf(section.id)
    expect(grade).toMatchObject({ student_id: section.students[0], outcome: 'pass', percentage: 80 })
    expect(w_).toMatchObject({ student_id: section.left, state: 'draft', ...mark })
    expect((await compute(section.id)).data).toMatchObject({ created: 0, updated: 0, unchanged: 2 })
  })

  test('after results were computed has a W instead of a grade from the next time on', async () => {
    const section = await withOneLess([[80], [85], [90]])
    await compute(section.id)
    await section.leave(section.students[0]!)
    const early = await w.registrar.post('/results/publish', { result_id: (await resultsOf(section.id))[0]!.id })
    expect(refusal(early)).toEqual([400, 'RESULTS_INCOMPLETE'])
    expect((await compute(section.id)).data).toMatchObject({ updated: 1 })
    expect((await resultsOf(section.id))[0]).toMatchObject(mark)
  })

  test('and enrolls again is graded as everybody else', async () => {
    const section = await withOneLess()
    await compute(section.id)
    await w.enroll(section.id, section.left)
    const stale = await w.registrar.post('/results/publish', { section_id: section.id })
    expect([...refusal(stale), stale.error?.details.missing]).toEqual([
      400,
      'RESULTS_INCOMPLETE',
      await studentsNamed(w, [section.left]),
    ])
    await compute(section.id)
    expect((await resultsOf(section.id))[1]).toMatchObject({ outcome: 'pass', percentage: 90 })
  })

  test('as everybody did leaves a section of Ws', async () => {
    const section = await withOneLess([[80]])
    expect((await compute(section.id)).data).toMatchObject({ created: 1 })
    expect((await w.registrar.post('/results/publish', { section_id: section.id })).data.results).toMatchObject([mark])
  })

  test('is published and frozen with the section', async () => {
    const section = await withOneLess()
    await compute(section.id)
    for (const step of ['publish', 'freeze'] as const) {
      const { status, data } = await w.registrar.post(`/results/${step}`, { section_id: section.id })
      expect([status, data.results.length]).toEqual([200, 2])
    }
  })

  test('or dropped after results were computed does not keep the others from being official', async () => {
    const section = await withOneLess([[70], [80], [90]])
    await compute(section.id)
    const term = (await w.registrar.get(`/sections/${section.id}`)).data.term_id
    await w.registrar.patch(`/terms/${term}`, { drop_deadline: null })
    const [seat] = (await w.registrar.get(`/enrollments?section_id=${section.id}`)).data.items
    await w.registrar.post(`/enrollments/${seat!.id}/drop`)
    for (const step of ['publish', 'freeze'] as const) {
      const { status, data } = await w.registrar.post(`/results/${step}`, { section_id: section.id })
      const students = data.results.map(({ student_id }) => student_id)
      expect([status, students]).toEqual([200, section.students.slice(1)])
    }
  })

  test('has no grade that could be changed, neither as a draft nor later', async () => {
    const section = await withOneLess()
    await compute(section.id)
    const { id } = (await resultsOf(section.id))[1]!
    const edit = await w.registrar.patch(`/results/${id}`, { percentage: 90, reason: 'Kind' }, { 'if-match': '"1"' })
    expect(refusal(edit)).toEqual([400, 'RESULT_WITHDRAWN'])
    await w.registrar.post('/results/publish', { section_id: section.id })
    const wish = { result_id: id, new_percentage: 90, reason: 'Not so kind' }
    expect(refusal(await w.registrar.post('/results/change-request', wish))).toEqual([400, 'RESULT_WITHDRAWN'])
  })

  test('is not missing before a W is computed, and who dropped leaves no result', async () => {
    const section = await withOneLess()
    const dropped = await w.student()
    const term = (await w.registrar.get(`/sections/${section.id}`)).data.term_id
    await w.registrar.patch(`/terms/${term}`, { drop_deadline: null })
    const seat = await w.enroll(section.id, dropped.id)
    await w.registrar.post(`/enrollments/${seat.id}/drop`)
    await published(w, { ...section, students: [section.students[0]!] })
    expect((await resultsOf(section.id)).map(({ student_id }) => student_id)).toEqual(section.students)
  })
})

test('a W is on the record and in no average', async () => {
  const student = (await w.student()).id
  const course = await w.course({ credits: 6 })
  const earlier = await w.term({ start_date: '2024-09-01', end_date: '2025-01-31' })
  await taken(w, student, 80, { course_id: course.id, term_id: earlier.id })
  const term = await w.term({ ...underWay, drop_deadline: past })
  const again = await gradedSection(w, { students: [student], marks: [[10]], course_id: course.id, term_id: term.id })
  const [seat] = (await w.registrar.get(`/enrollments?section_id=${again.id}`)).data.items
  await w.registrar.post(`/enrollments/${seat!.id}/withdraw`)
  await published(w, again)
  const ctx = systemContext()
  const record = composeRecord(await findRecordRows(ctx, { studentId: student, language: 'en' }), ctx.settings)
  expect(record.cumulative).toEqual({
    average: '80.00',
    gpa: expect.any(String),
    credits_earned: '6.0',
    credits_attempted: '6.0',
  })
  expect(record.terms[1]).toMatchObject({ average: null, gpa: null, credits_earned: '0.0' })
  expect(record.terms[1]!.courses).toMatchObject([
    { letter: 'W', percentage: '', points: '', credits: '0.0', counted: true },
  ])
  expect(record.terms[0]!.courses).toMatchObject([{ percentage: '80.00', counted: true }])
})
