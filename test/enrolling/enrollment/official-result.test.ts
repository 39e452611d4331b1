import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { csv, importFile, problems } from '../../exchange/import/files.ts'
import { execute, gradedSection, published } from '../../grading/graded-section.ts'
import { countRows, type World, world } from '../../world.ts'
import { past, underWay } from '../../under-way.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

/** A seat whose result is official, in a term with these deadlines, and another section of its course. */
async function officialSeat(deadlines: object = {}) {
  const term = await w.term(underWay)
  const section = await gradedSection(w, { marks: [[80]], term_id: term.id })
  await published(w, section)
  await w.registrar.patch(`/terms/${term.id}`, deadlines)
  const [seat] = (await w.registrar.get(`/enrollments?section_id=${section.id}`)).data.items
  const { course_id } = (await w.registrar.get(`/sections/${section.id}`)).data
  const to = await w.section({ course_id, term_id: term.id, number: '2', capacity: 0 })
  return { ...section, seat: seat!, to, course_id, term_id: term.id, student: section.students[0]! }
}

describe.each([
  ['that could still be dropped', {}],
  ['behind the drop deadline', { drop_deadline: past }],
  ['behind every deadline', { drop_deadline: past, withdraw_deadline: past }],
])('a seat with an official result, %s', (_, deadlines) => {
  test('stays, and every way to end it says the same', async () => {
    const { seat, to, id, student } = await officialSeat(deadlines)
    const at = `/enrollments/${seat.id}` as const
    const before = await countRows('audit_log where success = 1')
    const answers = [
      await w.registrar.post(`${at}/drop`),
      await w.registrar.post(`${at}/withdraw`),
      await w.registrar.post(`${at}/withdraw`, { reason: 'Illness' }),
      await w.registrar.post(`${at}/transfer`, { section_id: to.id }),
      await w.registrar.patch(at, { status: 'dropped' }),
      await w.registrar.put(at, { status: 'withdrawn' }),
      await w.registrar.delete(at),
    ]
    expect(answers.map(refusal)).toEqual(answers.map(() => [409, 'ENROLLMENT_GRADED']))
    expect(new Set(answers.map(({ error }) => error?.message))).toEqual(
      new Set(['This seat has an official result and stays. Corrections go by POST /api/v1/results/change-request.']),
    )
    expect(await countRows('audit_log where success = 1')).toBe(before)
    expect((await w.registrar.get(`/sections/${id}`)).data.seats_taken).toBe(1)
    expect(refusal(await w.registrar.delete(`/students/${student}`))).toEqual([409, 'STUDENT_HAS_RESULTS'])
  })
})

test('a file that ends a seat with an official result is told so, not that it has ended', async () => {
  const { seat } = await officialSeat({ drop_deadline: past })
  const { student_number, course_code, term_code, section_number, enrolled_at } = seat
  const row = { course_code, term_code, section_number, student_number, enrolled_at }
  for (const status of ['dropped', 'withdrawn']) {
    const file = csv([{ ...row, status, ended_at: new Date().toISOString() }])
    expect(problems(await importFile(w.registrar, 'enrollments', file))).toEqual([[2, 'status', 'ENROLLMENT_GRADED']])
  }
})

test('who dropped a section is dropped, whatever a later seat there has led to, and both stay on record', async () => {
  const section = await gradedSection(w, { marks: [[80]] })
  const [first] = (await w.registrar.get(`/enrollments?section_id=${section.id}`)).data.items
  await w.registrar.post(`/enrollments/${first!.id}/drop`)
  await w.enroll(section.id, section.students[0]!)
  await published(w, section)
  const again = await w.registrar.post(`/enrollments/${first!.id}/drop`)
  expect(refusal(again)).toEqual([409, 'ENROLLMENT_ENDED'])
  expect(again.error?.message).toContain('status is dropped. To come back, enroll anew.')
  expect(refusal(await w.registrar.delete(`/enrollments/${first!.id}`))).toEqual([409, 'ENROLLMENT_GRADED'])
})

test('of a completed seat nothing is left to do, and nobody is sent to enroll anew', async () => {
  const seat = await w.enroll((await w.section()).id, (await w.student()).id)
  await execute("update enrollment set status = 'completed', ended_at = enrolled_at where id = ?", seat.id)
  const answer = await w.registrar.post(`/enrollments/${seat.id}/drop`)
  expect(refusal(answer)).toEqual([409, 'ENROLLMENT_ENDED'])
  expect(answer.error?.message).toContain('status is completed. There is nothing left to do.')
})

describe('what has official results', () => {
  test('is never deleted, and the advice is one that can be followed', async () => {
    const { student, id, term_id, course_id } = await officialSeat()
    const ofStudent = await w.registrar.delete(`/students/${student}`)
    expect(refusal(ofStudent)).toEqual([409, 'STUDENT_HAS_RESULTS'])
    expect(ofStudent.error?.message).toContain('Set the status to withdrawn or graduated')
    expect((await w.registrar.patch(`/students/${student}`, { status: 'graduated' })).status).toBe(200)
    expect(refusal(await w.registrar.delete(`/students/${student}`))).toEqual([409, 'STUDENT_HAS_RESULTS'])

    expect(refusal(await w.registrar.delete(`/sections/${id}`))).toEqual([409, 'SECTION_HAS_RESULTS'])
    const ofTerm = await w.registrar.delete(`/terms/${term_id}`)
    expect(refusal(ofTerm)).toEqual([409, 'TERM_IN_USE'])
    expect(ofTerm.error?.message).toContain(`POST /api/v1/terms/{id}/close`.replace('{id}', String(term_id)))
    expect((await w.registrar.post(`/terms/${term_id}/close`)).status).toBe(200)
    const ofCourse = await w.registrar.delete(`/courses/${course_id}`)
    expect(refusal(ofCourse)).toEqual([409, 'COURSE_IN_USE'])
    expect(ofCourse.error?.message).toContain('Archive it instead')
    expect((await w.registrar.post(`/courses/${course_id}/archive`)).status).toBe(200)
  })

  test('goes by official results alone: a draft keeps nobody from being deleted', async () => {
    const { id, students } = await gradedSection(w, { marks: [[80]] })
    await w.registrar.post(`/sections/${id}/results/compute`)
    const [seat] = (await w.registrar.get(`/enrollments?section_id=${id}`)).data.items
    expect(refusal(await w.registrar.delete(`/students/${students[0]!}`))).toEqual([409, 'STUDENT_ENROLLED'])
    await w.registrar.post(`/enrollments/${seat!.id}/drop`)
    expect((await w.registrar.delete(`/students/${students[0]!}`)).status).toBe(204)
    expect(refusal(await w.registrar.delete(`/sections/${id}`))).toEqual([409, 'SECTION_IN_USE'])
  })
})
