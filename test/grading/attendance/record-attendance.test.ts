import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { refusal, badFields } from '../../call.ts'
import { auditRows, countRows, type Persona, persona, type World, world } from '../../world.ts'
import { execute, type GradedSection } from '../graded-section.ts'
import { attendedSection, day } from './attended.ts'

let w: World
let section: GradedSection
let me: number
let other: number
beforeAll(async () => {
  w = await world()
})
beforeEach(async () => {
  section = await attendedSection(w, { marks: [[], []] })
  ;[me, other] = section.students as [number, number]
})

const bodyOf = (fields: object = {}) => ({
  section_id: section.id,
  student_id: me,
  date: day(0),
  status: 'present',
  ...fields,
})
const record = (fields: object = {}, caller: Persona = section.teacher) => caller.post('/attendance', bodyOf(fields))
const made = async (fields: object = {}) => (await record(fields)).data

describe('recording one student', () => {
  test('keeps everything, the first period by default, and leaves one audit row', async () => {
    const answer = await record({ note: '  Left early ' })
    expect(answer.status).toBe(201)
    const kept = { ...bodyOf(), period: 1, note: 'Left early', recorded_by: section.teacher.userId, version: 1 }
    expect(answer.data).toMatchObject(kept)
    expect((await section.teacher.get(`/attendance/${answer.data.id}`)).data).toEqual(answer.data)
    const [audit, ...others] = await auditRows('attendance', answer.data.id)
    expect(others).toEqual([])
    expect(audit).toMatchObject({ action: 'attendance.create', actor_id: section.teacher.userId, status: 201 })
  })

  test.each(['present', 'Absent', 'LATE', 'eXcUsEd'])('takes %s and keeps it in lower case', async (status) => {
    expect((await made({ status })).status).toBe(status.toLowerCase())
  })

  test.each([
    ['status', 'asleep'],
    ['status', ' present'],
    ['status', null],
    ['date', '2025-02-30'],
    ['date', '2025-10-01T08:00:00Z'],
    ['period', 0],
    ['period', 25],
    ['period', 1.5],
    ['note', 'x'.repeat(501)],
    ['recorded_by', 1],
    ['student_id', '1'],
  ])('a %s of %j answers 422 and names the field', async (field, value) => {
    const answer = await record({ [field]: value })
    expect([...refusal(answer), badFields(answer)]).toEqual([422, 'VALIDATION_ERROR', [`body.${field}`]])
  })

  test('a second time answers 409, also in parallel; another period or date is another record', async () => {
    const answers = await Promise.all([record(), record(), record()])
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(refusal(await record({ status: 'absent' }))).toEqual([409, 'ATTENDANCE_EXISTS'])
    expect((await record({ period: 2 })).status).toBe(201)
    expect((await record({ date: day(1) })).status).toBe(201)
    expect((await w.registrar.get(`/attendance?student_id=${me}`)).data.total).toBe(3)
  })

  test('is possible on the first and the last day of the term, not around it, and not tomorrow', async () => {
    expect((await record({ date: '2025-09-29' })).status).toBe(201)
    expect((await record({ date: '2026-02-13' })).status).toBe(201)
    const early = await record({ date: '2025-09-28' })
    expect([...refusal(early), early.error?.message]).toEqual([
      400,
      'ATTENDANCE_OUTSIDE_TERM',
      'The date 2025-09-28 is outside of the term, which runs from 2025-09-29 to 2026-02-13. Choose a day of the term.',
    ])
    expect(refusal(await record({ date: '2026-02-14' }))).toEqual([400, 'ATTENDANCE_OUTSIDE_TERM'])
    expect(refusal(await record({ date: '2999-01-01' }))).toEqual([400, 'ATTENDANCE_IN_FUTURE'])
  })

  test('who never sat in the section cannot be recorded, who gave up the seat can', async () => {
    const { id } = await w.student()
    const answer = await record({ student_id: id })
    expect([...refusal(answer), answer.error?.message]).toEqual([
      400,
      'NOT_ENROLLED',
      `The student with id ${id} is not enrolled in this section. Have the student enrolled first.`,
    ])
    const [seat] = (await w.registrar.get(`/enrollments?student_id=${me}`)).data.items
    await w.registrar.post(`/enrollments/${seat!.id}/drop`)
    expect((await record()).status).toBe(201)
  })

  test('of an unknown section answers 404', async () => {
    const answer = await record({ section_id: 999_999 }, w.registrar)
    expect([...refusal(answer), answer.error?.message]).toEqual([
      404,
      'SECTION_NOT_FOUND',
      'Section with id 999999 not found.',
    ])
  })
})

describe('correcting a record', () => {
  test('changes what is given, and says who did', async () => {
    const { id } = await made({ status: 'absent', note: 'No letter' })
    const answer = await w.registrar.patch(`/attendance/${id}`, { status: 'EXCUSED' })
    const { userId } = w.registrar
    expect(answer.data).toMatchObject({ id, status: 'excused', note: 'No letter', recorded_by: userId, version: 2 })
    const [audit] = await auditRows('attendance', id)
    expect(JSON.parse(audit!.changes)).toMatchObject({ status: { old: 'absent', new: 'excused' } })
  })

  test('by replacing it puts defaults where nothing is given, and the day stays', async () => {
    const { id } = await made({ note: 'x', period: 3 })
    const { data } = await section.teacher.put(`/attendance/${id}`, bodyOf({ date: undefined, status: 'late' }))
    expect(data).toMatchObject({ id, status: 'late', note: null, period: 1, date: day(0) })
  })

  test('moves it to another day of the term that nothing is recorded for', async () => {
    const { id } = await made()
    await made({ date: day(1) })
    const move = (date: string) => section.teacher.patch(`/attendance/${id}`, { date })
    expect((await move(day(2))).data.date).toBe(day(2))
    expect(refusal(await move(day(1)))).toEqual([409, 'ATTENDANCE_EXISTS'])
    expect(refusal(await move('2026-02-14'))).toEqual([400, 'ATTENDANCE_OUTSIDE_TERM'])
    expect(refusal(await move('2999-01-01'))).toEqual([400, 'ATTENDANCE_IN_FUTURE'])
  })

  test('never moves it to another student or section', async () => {
    const { id } = await made()
    const elsewhere = await attendedSection(w, { students: [me], marks: [[]] })
    for (const change of [{ student_id: other }, { section_id: elsewhere.id }])
      expect(refusal(await w.registrar.patch(`/attendance/${id}`, change))).toEqual([400, 'ATTENDANCE_FIXED'])
  })

  test('works when the term has moved since, as long as the day stays', async () => {
    const { id } = await made()
    const { term_id } = (await w.registrar.get(`/sections/${section.id}`)).data
    // As terms did before they kept the days that are in use.
    await execute('drop trigger term_keeps_its_days')
    await w.registrar.patch(`/terms/${term_id}`, { start_date: '2025-11-01' })
    expect((await section.teacher.get(`/attendance/${id}`)).data).toMatchObject({ date: day(0), version: 1 })
    expect((await section.teacher.patch(`/attendance/${id}`, { status: 'late', date: day(0) })).status).toBe(200)
    expect(refusal(await section.teacher.patch(`/attendance/${id}`, { date: day(1) }))).toEqual([
      400,
      'ATTENDANCE_OUTSIDE_TERM',
    ])
  })

  test('that is stale answers 412', async () => {
    const { id } = await made()
    await section.teacher.patch(`/attendance/${id}`, { status: 'late' })
    const answer = await section.teacher.patch(`/attendance/${id}`, { status: 'absent' }, { 'if-match': '"1"' })
    expect(refusal(answer)).toEqual([412, 'PRECONDITION_FAILED'])
  })

  test('deleted, it is gone until it is restored', async () => {
    const { id } = await made()
    expect((await section.teacher.delete(`/attendance/${id}`)).status).toBe(204)
    expect(refusal(await section.teacher.get(`/attendance/${id}`))).toEqual([404, 'ATTENDANCE_NOT_FOUND'])
    const { data } = await section.teacher.post(`/attendance/${id}/restore`)
    expect(data).toMatchObject({ id, status: 'present', version: 3 })
  })
})

describe('who sees a record', () => {
  test('the student sees the own, the teacher those of the section, others none', async () => {
    const [mine, theirs] = [await made(), await made({ student_id: other, status: 'absent' })]
    const student = await persona('student', me)
    const idsFor = async (caller: Persona, query = '') =>
      (await caller.get(`/attendance${query}`)).data.items.map((one: { id: number }) => one.id)
    expect(await idsFor(student)).toEqual([mine.id])
    expect((await student.get(`/attendance/${mine.id}`)).data).toEqual(mine)
    for (const query of [`?student_id=${other}`, '?status=absent', `?section_id=${section.id}&student_id=${other}`])
      expect(await idsFor(student, query)).toEqual([])
    expect(await idsFor(section.teacher)).toEqual([mine.id, theirs.id])
    const strangers = [student, await w.teacher(), await persona('student')]
    for (const stranger of strangers)
      expect(refusal(await stranger.get(`/attendance/${theirs.id}`))).toEqual([404, 'ATTENDANCE_NOT_FOUND'])
    expect(await idsFor(strangers[1]!)).toEqual([])
  })

  test('students write none, another teacher finds neither section nor record', async () => {
    const { id } = await made()
    const [student, stranger] = [await persona('student', me), await w.teacher()]
    const before = await countRows('live_attendance')
    expect(refusal(await record({ date: day(1) }, student))).toEqual([403, 'HTTP_403'])
    expect(refusal(await student.patch(`/attendance/${id}`, { status: 'late' }))).toEqual([403, 'HTTP_403'])
    expect(refusal(await record({ date: day(1) }, stranger))).toEqual([404, 'SECTION_NOT_FOUND'])
    expect(refusal(await stranger.delete(`/attendance/${id}`))).toEqual([404, 'ATTENDANCE_NOT_FOUND'])
    expect(await countRows('live_attendance')).toBe(before)
  })

  test('rows name what they point to, and are found by it, by course and by note', async () => {
    const { course_id, course_code } = (await w.registrar.get(`/sections/${section.id}`)).data
    const { student_number } = (await w.registrar.get(`/students/${me}`)).data
    const { id } = await made({ note: 'Ξέχασε το ρολόι' })
    await made({ student_id: other, date: day(1) })
    const { data } = await w.registrar.get(`/attendance?course_id=${course_id}`)
    expect(data.items).toHaveLength(2)
    const named = { student_number, student_name: 'Παππά Ελένη', recorded_by_name: 'The faculty' }
    expect(data.items[0]).toMatchObject({ id, ...named, section_number: '1', course_code, course_title: 'Databases' })
    const found = async (search: string) =>
      (await w.registrar.get(`/attendance?course_id=${course_id}&search=${encodeURIComponent(search)}`)).data.total
    const asked = [student_number, 'παππα', 'pappa', course_code, 'ΒΑΣΕΙΣ δεδομενων', 'ρολοι', 'roloi ελενη', 'nothing']
    expect(await Promise.all(asked.map(found))).toEqual([1, 2, 2, 2, 2, 1, 1, 0])
    await section.teacher.patch(`/attendance/${id}`, { note: 'Ill' })
    expect([await found('ρολόι'), await found('ill')]).toEqual([0, 1])
    const roster = { date: day(0), records: [{ student_id: me, status: 'late', note: 'Strike' }] }
    await section.teacher.put(`/sections/${section.id}/attendance`, roster)
    expect([await found('ill'), await found('strike')]).toEqual([0, 1])
  })

  test('lists filter by dates and status', async () => {
    for (const [place, status] of ['present', 'absent', 'late'].entries()) await made({ date: day(place), status })
    const datesFor = async (query: string) =>
      (await section.teacher.get(`/attendance?${query}`)).data.items.map((one: { date: string }) => one.date)
    expect(await datesFor(`date__gte=${day(1)}&ordering=-date`)).toEqual([day(2), day(1)])
    expect(await datesFor('status__in=absent,late')).toEqual([day(1), day(2)])
    expect(await datesFor(`date=${day(0)}`)).toEqual([day(0)])
  })
})

describe('the database refuses', () => {
  const insert = (student: number, date: string, status = 'present', period = 1) =>
    execute(
      `insert into attendance (section_id, student_id, date, period, status, created_at, updated_at)
       values (?, ?, ?, ?, ?, '2025-10-01T00:00:00.000Z', '2025-10-01T00:00:00.000Z')`,
      section.id,
      student,
      date,
      period,
      status,
    )

  test('what the API would refuse', async () => {
    await insert(me, day(0))
    const stranger = (await w.student()).id
    await expect(insert(me, day(0))).rejects.toThrow('UNIQUE constraint failed')
    await expect(insert(stranger, day(0))).rejects.toThrow('attendance_student_not_enrolled')
    await expect(insert(me, '2026-02-14')).rejects.toThrow('attendance_outside_term')
    await expect(insert(me, '2025-10-1x')).rejects.toThrow('attendance_date_form')
    await expect(insert(me, day(1), 'asleep')).rejects.toThrow('attendance_status_known')
    await expect(insert(me, day(1), 'late', 25)).rejects.toThrow('attendance_period_range')
    const move = execute('update attendance set student_id = ? where student_id = ?', other, me)
    await expect(move).rejects.toThrow('attendance_stays_put')
  })
})
