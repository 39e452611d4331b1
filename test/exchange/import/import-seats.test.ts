import { expect, test } from 'vitest'
import { underWay } from '../../under-way.ts'
import { world } from '../../world.ts'
import { counts, csv, importFile, problems } from './files.ts'

const at = '2026-01-10T08:00:00.000Z'

test('a file brings seats that were completed or transferred: a completed one is a seat, what was transferred was no drop', async () => {
  const w = await world()
  const term = await w.term(underWay)
  const section = await w.section({ term_id: term.id, capacity: 2 })
  const people = [await w.student(), await w.student(), await w.student()]
  const row = (person: number, status: string, ended_at: string | null = null) => ({
    course_code: section.course_code,
    term_code: term.code,
    section_number: section.number,
    student_number: people[person]!.student_number,
    enrolled_at: at,
    status,
    ended_at,
  })
  const take = (...rows: object[]) => importFile(w.registrar, 'enrollments', csv(rows as Record<string, unknown>[]))
  const first = [row(0, 'completed', at), row(1, 'transferred', at)]
  expect(counts(await take(...first))).toEqual([2, 0, 0, 0])
  const seats = async () => (await w.registrar.get(`/enrollments?section_id=${section.id}&ordering=id`)).data.items
  expect((await seats()).map(({ status, end_reason }) => [status, end_reason])).toEqual([
    ['completed', 'completed'],
    ['transferred', 'transferred'],
  ])
  expect((await w.registrar.get(`/sections/${section.id}`)).data.seats_taken).toBe(1)
  expect(counts(await take(...first))).toEqual([0, 0, 2, 0])

  // Who completed has the seat; of two more one is too many, completed or not.
  expect(problems(await take({ ...row(0, 'enrolled'), enrolled_at: '2026-01-11' }))).toEqual([
    [2, 'student_number', 'ALREADY_ENROLLED'],
  ])
  const many = await take({ ...row(1, 'completed', '2026-02-01'), enrolled_at: '2026-01-11' }, row(2, 'enrolled'))
  expect(problems(many)).toEqual([[3, 'section_number', 'SECTION_FULL']])

  const seat = await w.enroll((await w.section({ term_id: term.id })).id, people[2]!.id)
  await w.registrar.post(`/enrollments/${seat.id}/drop`)
  const { course_code, section_number, enrolled_at } = seat
  const dropped = { ...row(2, 'transferred', new Date().toISOString()), course_code, section_number, enrolled_at }
  expect(problems(await take(dropped))).toEqual([[2, 'status', 'ENROLLMENT_ENDED']])
})
