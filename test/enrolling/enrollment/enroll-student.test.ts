import { beforeAll, describe, expect, test } from 'vitest'
import { racing } from '../../platform/database/between.ts'
import { codeOf, json, serveWith } from '../../platform/http/serve.ts'
import { auditRows, countRows, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

describe('enrolling a student', () => {
  test('gives a seat, counts it and leaves one audit row', async () => {
    const section = await w.section({ capacity: 2 })
    const student = await w.student()
    const answer = await w.registrar.post(`/sections/${section.id}/enroll`, { student_id: student.id })
    expect(answer.status).toBe(201)
    expect(answer.data).toMatchObject({
      section_id: section.id,
      student_id: student.id,
      status: 'enrolled',
      ended_at: null,
    })
    expect((await w.registrar.get(`/sections/${section.id}`)).data.seats_taken).toBe(1)
    const [audit, ...others] = await auditRows('enrollment', answer.data.id)
    expect(others).toEqual([])
    expect(audit).toMatchObject({ action: 'enrollment.create', actor_id: w.registrar.userId, status: 201 })
  })

  test('a full section refuses and names its capacity', async () => {
    const section = await w.section({ capacity: 1 })
    await w.enroll(section.id, (await w.student()).id)
    const before = await countRows('audit_log')
    const late = await w.student()
    const answer = await w.registrar.post(`/sections/${section.id}/enroll`, { student_id: late.id })
    expect(answer.status).toBe(400)
    const message = 'Section is at full capacity (1). There is no waitlist.'
    expect(answer.error).toMatchObject({ code: 'SECTION_FULL', message })
    expect(await countRows('audit_log')).toBe(before + 1) // the student
  })

  test('the same student twice answers 409', async () => {
    const section = await w.section()
    const student = await w.student()
    await w.enroll(section.id, student.id)
    const answer = await w.registrar.post(`/sections/${section.id}/enroll`, { student_id: student.id })
    expect([answer.status, answer.error?.code]).toEqual([409, 'ALREADY_ENROLLED'])
  })

  test('every reason is given at once, the first as the code', async () => {
    const term = await w.term({ status: 'closed', enrollment_closes_at: '2020-01-01T00:00:00Z' })
    const section = await w.section({ capacity: 0, term_id: term.id })
    const student = await w.student({ status: 'on_leave' })
    const answer = await w.registrar.post(`/sections/${section.id}/enroll`, { student_id: student.id })
    expect([answer.status, answer.error?.code]).toEqual([400, 'TERM_CLOSED'])
    expect(answer.error?.details.reasons?.map(({ code }) => code)).toEqual([
      'TERM_CLOSED',
      'ENROLLMENT_WINDOW_CLOSED',
      'SECTION_FULL',
      'STUDENT_NOT_ACTIVE',
    ])
  })

  test('an unknown section comes before an unknown student', async () => {
    const both = await w.registrar.post('/sections/999999/enroll', { student_id: 999_999 })
    expect([both.status, both.error?.message]).toEqual([404, 'Section with id 999999 not found.'])
    const section = await w.section()
    const one = await w.registrar.post(`/sections/${section.id}/enroll`, { student_id: 999_999 })
    expect([one.status, one.error?.message]).toEqual([404, 'Student with id 999999 not found.'])
  })

  test('fifty requests for one seat give one 201 and forty-nine SECTION_FULL', async () => {
    const section = await w.section({ capacity: 1 })
    const students = await Promise.all(Array.from({ length: 50 }, () => w.student()))
    const before = await countRows('audit_log')
    const answers = await Promise.all(
      students.map(({ id }) => w.registrar.post(`/sections/${section.id}/enroll`, { student_id: id })),
    )
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(answers.filter(({ error }) => error?.code === 'SECTION_FULL')).toHaveLength(49)
    expect(await countRows('audit_log')).toBe(before + 1)
    expect((await w.registrar.get(`/enrollments?section_id=${section.id}`)).data.total).toBe(1)
  })

  test('of two who have both seen the last seat free one gets it', async () => {
    const section = await w.section({ capacity: 1 })
    const students = [await w.student(), await w.student()]
    const databases = racing(2)
    const answers = await Promise.all(
      students.map(async ({ id: student_id }, i) => {
        const init = json('POST', { student_id }, { authorization: `Bearer ${w.registrar.token}` })
        return codeOf(await serveWith({ DB: databases[i]! }, `/api/v1/sections/${section.id}/enroll`, init))
      }),
    )
    expect(answers).toEqual(['201', '400 SECTION_FULL'])
    expect((await w.registrar.get(`/sections/${section.id}`)).data.seats_taken).toBe(1)
  })

  test('a student takes and gives back only their own seat', async () => {
    const section = await w.section()
    const me = await w.studentPersona()
    const other = await w.student()
    const mine = await me.post(`/sections/${section.id}/enroll`, { student_id: me.studentId })
    expect(mine.status).toBe(201)
    const foreign = await me.post(`/sections/${section.id}/enroll`, { student_id: other.id })
    expect([foreign.status, foreign.error?.code]).toEqual([404, 'STUDENT_NOT_FOUND'])
    expect((await me.post(`/enrollments/${mine.data.id}/drop`)).data.status).toBe('dropped')
  })
})

describe('dropping an enrollment', () => {
  test('frees the seat, keeps the row, and enrolling again makes a second one', async () => {
    const section = await w.section({ capacity: 1 })
    const student = await w.student()
    const first = await w.enroll(section.id, student.id)
    const dropped = await w.registrar.post(`/enrollments/${first.id}/drop`)
    expect(dropped.data).toMatchObject({ id: first.id, status: 'dropped' })
    const second = await w.enroll(section.id, student.id)
    expect(second.id).not.toBe(first.id)
    expect((await w.registrar.get(`/enrollments?section_id=${section.id}&student_id=${student.id}`)).data.total).toBe(2)
    expect((await auditRows('enrollment', first.id)).map(({ action }) => action)).toEqual([
      'enrollment.drop',
      'enrollment.create',
    ])
  })

  test('twice answers 409 and changes nothing', async () => {
    const section = await w.section()
    const seat = await w.enroll(section.id, (await w.student()).id)
    await w.registrar.post(`/enrollments/${seat.id}/drop`)
    const again = await w.registrar.post(`/enrollments/${seat.id}/drop`)
    expect([again.status, again.error?.code]).toEqual([409, 'ENROLLMENT_ENDED'])
    expect((await w.registrar.get(`/sections/${section.id}`)).data.seats_taken).toBe(0)
  })

  test('after the deadline is refused', async () => {
    const term = await w.term({ start_date: '2020-01-01', end_date: '2020-06-01', drop_deadline: '2020-02-01' })
    const section = await w.section({ term_id: term.id })
    const seat = await w.enroll(section.id, (await w.student()).id)
    const answer = await w.registrar.post(`/enrollments/${seat.id}/drop`)
    expect([answer.status, answer.error?.code]).toEqual([400, 'DROP_DEADLINE_PASSED'])
  })
})
