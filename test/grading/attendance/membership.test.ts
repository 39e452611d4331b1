import { beforeAll, describe, expect, test } from 'vitest'
import { localDate } from '#/platform/clock.ts'
import { refusal } from '../../call.ts'
import { importFile, counts, csv, problems } from '../../exchange/import/files.ts'
import { meanwhile } from '../../platform/database/between.ts'
import { codeOf, json, serveWith } from '../../platform/http/serve.ts'
import { dayFromNow, past, underWay } from '../../under-way.ts'
import { type Persona, systemContext, type World, world } from '../../world.ts'
import { execute, rowOf } from '../graded-section.ts'

const today = localDate(systemContext())
const yesterday = new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10)
const start = underWay.start_date

/** A section of a term that is being taught, as files name it, its teacher, and a student who sits in it since the term's start. */
let w: World
let teacher: Persona
let term: { id: number; code: string }
beforeAll(async () => {
  w = await world()
  teacher = await w.teacher()
  term = await w.term({ ...underWay, drop_deadline: today })
})

async function place({ rolled = false, ...fields }: { rolled?: boolean; capacity?: number; course_id?: number } = {}) {
  const section = await w.section({
    waitlist_capacity: 5,
    ...fields,
    number: String(fields.course_id ?? 1),
    term_id: term.id,
  })
  await w.teach(section.id, teacher)
  const first = await w.student()
  const seat = await w.enroll(section.id, first.id)
  const record = (student_id: number, date: string, status = 'present') =>
    teacher.post('/attendance', { section_id: section.id, student_id, date, status })
  if (rolled) await record(first.id, past)
  return { ...section, first, seat, record }
}
const days = ({ member_from, member_until }: { member_from: string | null; member_until: string | null }) => [
  member_from,
  member_until,
]
const seatOf = async (section_id: number, student_id: number) =>
  (await w.registrar.get(`/enrollments?section_id=${section_id}&student_id=${student_id}&ordering=-id`)).data.items[0]!

describe('a seat is held', () => {
  test('since the term’s start as long as the section took no roll, then since today, whichever way it comes', async () => {
    const [fresh, rolled] = [await place(), await place({ rolled: true })]
    const since = async (section_id: number) => {
      const [one, two] = [await w.student(), await w.student()]
      await w.registrar.post(`/sections/${section_id}/enroll/bulk`, { student_ids: [two.id] })
      return [await w.enroll(section_id, one.id), await seatOf(section_id, two.id)].map(days)
    }
    expect([days(fresh.seat), ...(await since(fresh.id))]).toEqual(Array.from({ length: 3 }, () => [start, null]))
    expect(await since(rolled.id)).toEqual([
      [today, null],
      [today, null],
    ])
  })

  test('since today by who waited, and since the old one by who changes the section, at once or by waiting', async () => {
    const from = await place({ rolled: true })
    const to = await place({ rolled: true, capacity: 1, course_id: from.course_id })
    const [mover, waiter] = [await w.student(), await w.student()]
    const seat = await w.enroll(from.id, mover.id)
    await w.registrar.patch(`/enrollments/${seat.id}`, { member_from: past })
    await w.registrar.post(`/sections/${to.id}/waitlist`, { student_id: mover.id, swap: true })
    await w.registrar.post(`/enrollments/${to.seat.id}/drop`)
    expect([days(await seatOf(from.id, mover.id)), days(await seatOf(to.id, mover.id))]).toEqual([
      [past, today],
      [past, null],
    ])
    await w.registrar.post(`/sections/${to.id}/waitlist`, { student_id: waiter.id })
    const back = await w.registrar.post(`/enrollments/${(await seatOf(to.id, mover.id)).id}/transfer`, {
      section_id: from.id,
    })
    expect([days(back.data), days(await seatOf(to.id, waiter.id))]).toEqual([
      [past, null],
      [today, null],
    ])
  })

  test('until the day on which it is dropped, withdrawn from or left with the studies, or an earlier one that the registry said', async () => {
    const { id, seat } = await place()
    const [a, b] = [await w.student(), await w.student()]
    const early = await w.enroll(id, a.id)
    await w.registrar.patch(`/enrollments/${early.id}`, { member_until: past })
    await w.enroll(id, b.id)
    expect(days((await w.registrar.post(`/enrollments/${seat.id}/drop`)).data)).toEqual([start, today])
    expect(days((await w.registrar.patch(`/enrollments/${early.id}`, { status: 'dropped' })).data)).toEqual([
      start,
      past,
    ])
    await w.registrar.patch(`/students/${b.id}`, { status: 'withdrawn' })
    expect(days(await seatOf(id, b.id))).toEqual([start, today])
    const { data } = await w.registrar.patch(`/enrollments/${early.id}`, { member_until: null })
    expect(data.member_until).toBe(today)
  })

  test('since the term’s start wherever that moves, and a day at least where it is dropped before', async () => {
    const later = await w.section({ term_id: (await w.term({ start_date: '2101-10-01', end_date: '2102-02-15' })).id })
    const seat = await w.enroll(later.id, (await w.student()).id)
    expect(seat.member_from).toBe('2101-10-01')
    for (const start_date of ['2101-09-01', '2101-11-01']) {
      await w.registrar.patch(`/terms/${later.term_id}`, { start_date })
      expect((await w.registrar.get(`/enrollments/${seat.id}`)).data.member_from).toBe(start_date)
    }
    expect(days((await w.registrar.post(`/enrollments/${seat.id}/drop`)).data)).toEqual([today, today])
  })

  test('for the days that the registry says, in order, or a file by its instants', async () => {
    const { code: course_code } = await w.course()
    const at = { course_code, term_code: term.code, section_number: '1' }
    await importFile(w.registrar, 'sections', csv([{ course_code, term_code: term.code, number: '1', capacity: 9 }]))
    const [a, b, c] = [await w.student(), await w.student(), await w.student()]
    const row = ({ student_number }: { student_number: string }, fields: object = {}) => ({
      ...at,
      student_number,
      enrolled_at: past,
      status: 'enrolled',
      ended_at: '',
      member_from: '',
      member_until: '',
      ...fields,
    })
    const left = { status: 'withdrawn', ended_at: yesterday }
    const answer = await importFile(
      w.registrar,
      'enrollments',
      csv([row(a), row(b, { ...left, member_from: start }), row(c, { member_from: today, member_until: past })]),
    )
    expect([counts(answer), problems(answer)]).toEqual([
      [2, 0, 0, 1],
      [[4, 'member_until', 'MEMBERSHIP_ENDS_BEFORE_START']],
    ])
    const section = (await w.registrar.get(`/enrollments?student_id=${a.id}`)).data.items[0]!
    const other = await seatOf(section.section_id, b.id)
    expect([days(section), days(other)]).toEqual([
      [past, null],
      [start, yesterday],
    ])
    const { id } = section
    const patched = await w.registrar.patch(`/enrollments/${id}`, { member_until: start })
    expect([...refusal(patched), patched.error?.message]).toEqual([
      400,
      'MEMBERSHIP_ENDS_BEFORE_START',
      `The last day in the section, ${start}, is before the first, ${past}. Give other days.`,
    ])
    expect(
      days((await w.registrar.patch(`/enrollments/${id}`, { member_from: start, member_until: past })).data),
    ).toEqual([start, past])
    await w.registrar.delete(`/enrollments/${id}`)
    expect(days((await w.registrar.post(`/enrollments/${id}/restore`)).data)).toEqual([start, past])
  })
})

describe('attendance of a day on which the student was not in the section', () => {
  /** Somebody who came today, another who left yesterday, and the first one. */
  async function given() {
    const of = await place({ rolled: true })
    const [late, gone] = [await w.student(), await w.student()]
    await w.enroll(of.id, late.id)
    const seat = await w.enroll(of.id, gone.id)
    await w.registrar.patch(`/enrollments/${seat.id}`, { member_from: start, member_until: yesterday })
    return { ...of, late: late.id, gone: gone.id, seat: seat.id, numbers: [late.student_number, gone.student_number] }
  }

  test('is refused alone, when it is moved, by item in a roster, and by line in a file', async () => {
    const { id, first, late, gone, numbers, record, course_id } = await given()
    const answer = await record(late, yesterday)
    expect([...refusal(answer), answer.error?.message]).toEqual([
      400,
      'ATTENDANCE_OUTSIDE_MEMBERSHIP',
      `${yesterday} is outside ${today} to ${underWay.end_date}, when the student was in the section. Choose another day, or have these days corrected in the enrollment.`,
    ])
    expect(refusal(await record(gone, today))).toEqual([400, 'ATTENDANCE_OUTSIDE_MEMBERSHIP'])
    const there = (await record(gone, yesterday)).data
    expect(refusal(await teacher.patch(`/attendance/${there.id}`, { date: today }))[1]).toBe(
      'ATTENDANCE_OUTSIDE_MEMBERSHIP',
    )
    const roster = [late, first.id, gone].map((student_id) => ({ student_id, status: 'absent' }))
    const { data } = await teacher.put(`/sections/${id}/attendance`, { date: past, records: roster })
    expect([data.created, data.updated, data.failed, data.errors[0]!.code]).toEqual([
      1,
      1,
      1,
      'ATTENDANCE_OUTSIDE_MEMBERSHIP',
    ])
    const { code } = (await w.registrar.get(`/courses/${course_id}`)).data
    const at = { course_code: code, term_code: term.code, section_number: '1', status: 'late' }
    const file = csv(numbers.map((student_number) => ({ ...at, student_number, date: dayFromNow(-2) })))
    const imported = await importFile(w.registrar, 'attendance', file)
    expect([counts(imported), problems(imported)]).toEqual([
      [1, 0, 0, 1],
      [[2, 'date', 'ATTENDANCE_OUTSIDE_MEMBERSHIP']],
    ])
    expect(imported.data.errors[0]!.message).toContain(`outside ${today} to ${underWay.end_date}`)
  })

  test('stays where it was before, is corrected, and counts as outside in no percentage', async () => {
    const { id, gone, seat, record } = await given()
    const kept = (await record(gone, past)).data
    await record(gone, yesterday, 'absent')
    await w.registrar.patch(`/enrollments/${seat}`, { member_until: past })
    const path = `/attendance/percentage?section_id=${id}&student_id=${gone}` as const
    const figures = async () => {
      const { present, absent, late, outside, records, percentage } = (await teacher.get(path)).data
      return [present, absent, late, outside, records, percentage]
    }
    expect(await figures()).toEqual([1, 0, 0, 1, 1, 100])
    await w.registrar.patch(`/enrollments/${seat}`, { member_from: start, member_until: start })
    expect(await figures()).toEqual([0, 0, 0, 2, 0, 0])
    expect((await teacher.patch(`/attendance/${kept.id}`, { status: 'late' })).data.status).toBe('late')
    await w.registrar.patch(`/enrollments/${seat}`, { member_until: yesterday })
    expect(await figures()).toEqual([0, 1, 1, 0, 2, 50])
  })

  test('is refused when the student leaves meanwhile, alone and in a roster', async () => {
    const { id, first, gone, seat } = await given()
    const leaves = (day: string) =>
      meanwhile(() => w.registrar.patch(`/enrollments/${seat}`, { member_from: start, member_until: day }))
    const sent = (method: 'POST' | 'PUT', path: string, body: object, day: string) =>
      serveWith({ DB: leaves(day) }, `/api/v1${path}`, json(method, body, { authorization: `Bearer ${teacher.token}` }))
    const one = { section_id: id, student_id: gone, date: yesterday, status: 'present' }
    const alone = await sent('POST', '/attendance', one, dayFromNow(-2))
    expect(await codeOf(alone.clone())).toBe('400 ATTENDANCE_OUTSIDE_MEMBERSHIP')
    expect(await alone.text()).toContain(`is outside ${start} to ${dayFromNow(-2)}`)
    const roster = {
      date: dayFromNow(-2),
      records: [gone, first.id].map((student_id) => ({ student_id, status: 'late' })),
    }
    const together = await sent('PUT', `/sections/${id}/attendance`, roster, past)
    expect(JSON.parse(await together.text())).toMatchObject({ data: { created: 1, failed: 1 } })
  })

  test('is refused by the database', async () => {
    const { id, late } = await given()
    const insert = (day: string) =>
      execute(
        `insert into attendance (section_id, student_id, date, status, created_at, updated_at) values (?, ?, ?, 'late', ?, ?)`,
        id,
        late,
        day,
        `${today}T00:00:00.000Z`,
        `${today}T00:00:00.000Z`,
      )
    await insert(today)
    await expect(insert(yesterday)).rejects.toThrow('attendance_within_membership')
    const move = execute('update attendance set date = ? where student_id = ?', yesterday, late)
    await expect(move).rejects.toThrow('attendance_within_membership')
    const seat = execute('update enrollment set member_until = ? where student_id = ?', past, late)
    await expect(seat).rejects.toThrow('enrollment_membership_ordered')
  })
})

test('a seat of the Worker before has its days from its instants', async () => {
  const { id } = await place()
  const { id: student } = await w.student()
  const at = `${past}T12:00:00.000Z`
  await execute(
    `insert into enrollment (section_id, student_id, status, enrolled_at, created_at, updated_at) values (?, ?, 'enrolled', ?, ?, ?)`,
    id,
    student,
    at,
    at,
    at,
  )
  const row = () =>
    rowOf<{ member_from: string; member_until: string }>('select * from enrollment where student_id = ?', student)
  expect(days(await row())).toEqual([past, null])
  await execute(
    `update enrollment set status = 'dropped', ended_at = ? where student_id = ?`,
    `${yesterday}T12:00:00.000Z`,
    student,
  )
  expect(days(await row())).toEqual([past, yesterday])
})
