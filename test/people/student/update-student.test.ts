import { beforeAll, describe, expect, test } from 'vitest'
import { auditRows, countRows, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

describe('changing a student', () => {
  test('PATCH changes the given fields and nothing else', async () => {
    const student = await w.student({ father_name: 'Γεώργιος', phone: '+302101234567' })
    const answer = await w.registrar.patch(`/students/${student.id}`, { status: 'suspended', phone: null })
    expect(answer.status).toBe(200)
    expect(answer.data).toEqual({
      ...student,
      status: 'suspended',
      phone: null,
      ended: [],
      version: 2,
      updated_at: answer.data.updated_at,
    })
  })

  test('PUT replaces: what is left out returns to its default', async () => {
    const student = await w.student({ father_name: 'Γεώργιος', study_year: 3, status: 'on_leave' })
    const body = {
      student_number: student['student_number'],
      first_name: 'Άννα',
      last_name: 'Ράλλη',
      email: student['email'],
      enrollment_date: '2024-09-20',
    }
    const answer = await w.registrar.put(`/students/${student.id}`, body)
    expect(answer.data).toMatchObject({ ...body, father_name: null, study_year: 1, status: 'active', version: 2 })
  })

  test('leaves an audit row with old and new values', async () => {
    const student = await w.student()
    await w.registrar.patch(`/students/${student.id}`, { study_year: 2, email: `NEW${student.id}@lyceum.test` })
    const [audit, , ...others] = await auditRows('student', student.id)
    expect(others).toEqual([])
    expect(audit).toMatchObject({ action: 'student.update', actor_id: w.registrar.userId, status: 200 })
    expect(JSON.parse(audit!.changes)).toEqual({
      email: { old: student['email'], new: `new${student.id}@lyceum.test` },
      study_year: { old: 1, new: 2 },
    })
  })

  test('to the values it has writes nothing, an e-mail in capitals included', async () => {
    const student = await w.student()
    const before = await countRows('audit_log')
    const body = { email: String(student['email']).toUpperCase(), first_name: ' Ελένη ', study_year: 1 }
    expect((await w.registrar.patch(`/students/${student.id}`, body)).data).toEqual({ ...student, ended: [] })
    expect(await countRows('audit_log')).toBe(before)
  })

  test('to a number or an e-mail that is taken answers 409 and keeps the row', async () => {
    const [one, other] = [await w.student(), await w.student()]
    const number = await w.registrar.patch(`/students/${one.id}`, { student_number: other['student_number'] })
    expect([number.status, number.error?.code]).toEqual([409, 'STUDENT_NUMBER_TAKEN'])
    const email = await w.registrar.patch(`/students/${one.id}`, { email: other['email'] })
    expect([email.status, email.error?.code]).toEqual([409, 'STUDENT_EMAIL_TAKEN'])
    expect((await w.registrar.get(`/students/${one.id}`)).data).toEqual(one)
  })

  test('to an enrollment date in the future is refused', async () => {
    const student = await w.student()
    const answer = await w.registrar.patch(`/students/${student.id}`, { enrollment_date: '2999-01-01' })
    expect([answer.status, answer.error?.code]).toEqual([422, 'ENROLLMENT_DATE_IN_FUTURE'])
  })

  test('into a program that is not there answers 404', async () => {
    const student = await w.student()
    const answer = await w.registrar.patch(`/students/${student.id}`, { program_id: 999_999 })
    expect([answer.status, answer.error?.code]).toEqual([404, 'STUDENT_PROGRAM_NOT_FOUND'])
    expect(answer.error?.message).toBe('Program with id 999999 not found.')
  })

  test('moves them in the search', async () => {
    const student = await w.student({ last_name: 'Ξυδάκη' })
    await w.registrar.patch(`/students/${student.id}`, { last_name: 'Φωκά' })
    expect((await w.registrar.get('/students?search=ξυδακη')).data.items).toEqual([])
    expect((await w.registrar.get('/students?search=φωκα')).data.items).toMatchObject([{ id: student.id }])
  })

  test('that is not there answers 404 with the id', async () => {
    for (const answer of [
      await w.registrar.get('/students/999999'),
      await w.registrar.patch('/students/999999', { study_year: 2 }),
      await w.registrar.delete('/students/999999'),
      await w.registrar.post('/students/999999/restore'),
    ]) {
      expect([answer.status, answer.error?.code]).toEqual([404, 'STUDENT_NOT_FOUND'])
      expect(answer.error?.message).toBe('Student with id 999999 not found.')
    }
  })
})

describe('seeing students', () => {
  test('a student sees their own record and no other', async () => {
    const [me, other] = [await w.studentPersona(), await w.student()]
    expect((await me.get(`/students/${me.studentId}`)).data.id).toBe(me.studentId)
    expect((await me.get('/students')).data.items.map(({ id }: { id: number }) => id)).toEqual([me.studentId])
    const foreign = await me.get(`/students/${other.id}`)
    expect([foreign.status, foreign.error?.code]).toEqual([404, 'STUDENT_NOT_FOUND'])
  })

  test('a teacher sees the students of their own sections', async () => {
    const [teacher, other] = [await w.teacher(), await w.teacher()]
    const [section, student] = [await w.section(), await w.student()]
    await w.teach(section.id, teacher)
    await w.enroll(section.id, student.id)
    expect((await teacher.get('/students')).data.items.map(({ id }: { id: number }) => id)).toEqual([student.id])
    expect((await other.get('/students')).data.total).toBe(0)
    expect((await other.get(`/students/${student.id}`)).error?.code).toBe('STUDENT_NOT_FOUND')
  })
})
