import { beforeAll, expect, test } from 'vitest'
import { type World, world } from '../../world.ts'
import { gradedSection } from '../graded-section.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const monday = { weekday: 1, start: '09:00', end: '11:00', room: 'A1' }
const friday = { weekday: 5, start: '17:00', end: '19:00', room: null }

test('a timetable that changes leaves the attendance that was taken as it was', async () => {
  const { id: term_id } = await w.term({ start_date: '2025-09-01', end_date: '2026-02-15' })
  const section = await gradedSection(w, { term_id, marks: [[null], [null]] })
  const setMeetings = (...meetings: object[]) => w.registrar.put(`/sections/${section.id}/meetings`, { meetings })
  const [one, two] = section.students
  const take = (date: string, period: number) =>
    section.teacher.put(`/sections/${section.id}/attendance`, {
      date,
      period,
      records: [
        { student_id: one, status: 'present' },
        { student_id: two, status: 'absent', note: 'Called in' },
      ],
    })
  const readAll = async () =>
    [
      (await section.teacher.get(`/attendance?section_id=${section.id}`)).data,
      (await section.teacher.get(`/attendance/section-summary?section_id=${section.id}`)).data,
      (await section.teacher.get(`/attendance/percentage?section_id=${section.id}&student_id=${one}`)).data,
    ] as const

  await setMeetings(monday)
  expect((await take('2025-10-06', 1)).data.created).toBe(2)
  expect((await take('2025-10-13', 2)).data.created).toBe(2)
  const before = await readAll()
  expect(before[0].total).toBe(4)
  for (const meetings of [[friday], [monday, friday], []]) {
    expect((await setMeetings(...meetings)).status).toBe(200)
    expect(await readAll()).toEqual(before)
  }
  // Attendance may be taken, and corrected, on days when the section no longer meets.
  expect((await take('2025-10-20', 1)).data.created).toBe(2)
  const { items } = before[0]
  expect((await section.teacher.patch(`/attendance/${items[0]!.id}`, { status: 'late' })).status).toBe(200)
})
