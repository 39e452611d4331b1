import { afterEach, describe, expect, test, vi } from 'vitest'
import { refusal } from '../../call.ts'
import { world } from '../../world.ts'
import { gradedSection } from '../graded-section.ts'

afterEach(() => {
  vi.useRealTimers()
})

/** A section of a long term with its teacher, who signs in at that instant. */
async function at(instant: string) {
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(new Date(instant))
  const w = await world()
  const { id: term_id } = await w.term({ start_date: '2026-02-16', end_date: '2027-02-15' })
  const section = await gradedSection(w, { term_id })
  const student_id = section.students[0]!
  const record = (fields: object = {}) =>
    section.teacher.post('/attendance', { section_id: section.id, student_id, status: 'present', ...fields })
  const take = (fields: object = {}) =>
    section.teacher.put(`/sections/${section.id}/attendance`, { ...fields, records: [{ student_id, status: 'late' }] })
  const dates = async () =>
    (await section.teacher.get(`/attendance?section_id=${section.id}`)).data.items.map(
      (one: { date: string }) => one.date,
    )
  return { record, take, dates }
}

// The university is in Athens: UTC+2 in winter, UTC+3 from 29 March to 25 October 2026.
describe.each([
  ['00:30 in winter', '2026-11-09T22:30:00.000Z', '2026-11-10', '2026-11-11'],
  ['23:30 in winter', '2026-11-10T21:30:00.000Z', '2026-11-10', '2026-11-11'],
  ['00:30 in summer', '2026-06-30T21:30:00.000Z', '2026-07-01', '2026-07-02'],
  ['23:30 in summer', '2026-07-01T20:30:00.000Z', '2026-07-01', '2026-07-02'],
  ['00:30 of the day that loses an hour', '2026-03-28T22:30:00.000Z', '2026-03-29', '2026-03-30'],
  ['23:30 of the day that loses an hour', '2026-03-29T20:30:00.000Z', '2026-03-29', '2026-03-30'],
  ['00:30 of the day that gains an hour', '2026-10-24T21:30:00.000Z', '2026-10-25', '2026-10-26'],
  ['23:30 of the day that gains an hour', '2026-10-25T21:30:00.000Z', '2026-10-25', '2026-10-26'],
])('at %s', (_, instant, today, tomorrow) => {
  test('a record without a date is of the local day', async () => {
    const { record } = await at(instant)
    const answer = await record()
    expect([answer.status, answer.data.date, answer.data.created_at]).toEqual([201, today, instant])
  })

  test('a roster without a date is of the local day', async () => {
    const { take, dates } = await at(instant)
    expect((await take()).data.created).toBe(1)
    expect(await dates()).toEqual([today])
  })

  test('today can be named, tomorrow cannot', async () => {
    const { record, take, dates } = await at(instant)
    expect((await record({ date: today })).status).toBe(201)
    for (const answer of [await record({ date: tomorrow }), await take({ date: tomorrow })])
      expect(refusal(answer)).toEqual([400, 'ATTENDANCE_IN_FUTURE'])
    expect(await dates()).toEqual([today])
  })
})
