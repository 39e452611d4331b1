import { beforeAll, describe, expect, test } from 'vitest'
import { auditRows, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

describe('deleting a student', () => {
  test('hides the record from get, list and search', async () => {
    const student = await w.student({ last_name: 'Ζαφειρίδου' })
    expect((await w.registrar.delete(`/students/${student.id}`)).status).toBe(204)
    expect((await w.registrar.get(`/students/${student.id}`)).error?.code).toBe('STUDENT_NOT_FOUND')
    expect((await w.registrar.get(`/students?student_number=${String(student['student_number'])}`)).data.total).toBe(0)
    expect((await w.registrar.get('/students?search=ζαφειριδου')).data.items).toEqual([])
  })

  test('frees the number and the e-mail for those who are there already', async () => {
    const [gone, live] = [await w.student(), await w.student()]
    await w.registrar.delete(`/students/${gone.id}`)
    const body = { student_number: gone['student_number'], email: gone['email'] }
    expect((await w.registrar.patch(`/students/${live.id}`, body)).data).toMatchObject(body)
  })

  test('leaves one audit row', async () => {
    const student = await w.student()
    await w.registrar.delete(`/students/${student.id}`)
    const rows = await auditRows('student', student.id)
    expect(rows.map(({ action, status }) => [action, status])).toEqual([
      ['student.delete', 204],
      ['student.create', 201],
    ])
    expect(JSON.parse(rows[0]!.changes)).toEqual({ deleted_at: { old: null, new: expect.any(String) } })
  })

  test('is refused while they are enrolled, and works after the drop', async () => {
    const [section, student] = [await w.section(), await w.student()]
    const seat = await w.enroll(section.id, student.id)
    const refused = await w.registrar.delete(`/students/${student.id}`)
    expect([refused.status, refused.error?.code]).toEqual([409, 'STUDENT_ENROLLED'])
    expect(refused.error?.message).toBe(
      `The student ${String(student['student_number'])} has seats in sections and cannot be deleted. Drop the enrollments first, or withdraw from them; a completed one is deleted.`,
    )
    await w.registrar.post(`/enrollments/${seat.id}/drop`)
    expect((await w.registrar.delete(`/students/${student.id}`)).status).toBe(204)
  })

  test('and enrolling at the same moment leaves no seat without a student', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [section, student] = [await w.section(), await w.student()]
      const [seat, gone] = await Promise.all([
        w.registrar.post(`/sections/${section.id}/enroll`, { student_id: student.id }),
        w.registrar.delete(`/students/${student.id}`),
      ])
      expect([
        [201, 409],
        [404, 204],
      ]).toContainEqual([seat.status, gone.status])
    }
  })

  test('with a stale If-Match answers 412 and keeps the record', async () => {
    const student = await w.student()
    await w.registrar.patch(`/students/${student.id}`, { study_year: 2 })
    const answer = await w.registrar.delete(`/students/${student.id}`, { 'if-match': '"1"' })
    expect([answer.status, answer.error?.code]).toEqual([412, 'PRECONDITION_FAILED'])
    expect((await w.registrar.get(`/students/${student.id}`)).status).toBe(200)
  })
})

describe('restoring a student', () => {
  test('brings the record back as it was, and to the search', async () => {
    const student = await w.student({ last_name: 'Ηλιοπούλου', study_year: 4 })
    await w.registrar.delete(`/students/${student.id}`)
    const answer = await w.registrar.post(`/students/${student.id}/restore`)
    expect(answer.status).toBe(200)
    expect(answer.data).toEqual({ ...student, version: 3, updated_at: answer.data.updated_at })
    expect((await w.registrar.get('/students?search=ηλιοπουλου')).data.items).toMatchObject([{ id: student.id }])
    expect((await auditRows('student', student.id))[0]).toMatchObject({ action: 'student.restore', status: 200 })
  })

  test('whose number was given to another answers 409', async () => {
    const [gone, live] = [await w.student(), await w.student()]
    await w.registrar.delete(`/students/${gone.id}`)
    await w.registrar.patch(`/students/${live.id}`, { student_number: gone['student_number'] })
    const answer = await w.registrar.post(`/students/${gone.id}/restore`)
    expect([answer.status, answer.error?.code]).toEqual([409, 'STUDENT_NUMBER_TAKEN'])
    expect(answer.error?.message).toBe(
      `There is already a student whose number is, or looks like, ${String(gone['student_number'])}. Check it, or choose another.`,
    )
  })

  test('whose program was deleted meanwhile answers 404 with the id of the program', async () => {
    const program = await w.program()
    const student = await w.student({ program_id: program.id })
    await w.registrar.delete(`/students/${student.id}`)
    await w.registrar.delete(`/programs/${program.id}`)
    const answer = await w.registrar.post(`/students/${student.id}/restore`)
    expect([answer.status, answer.error?.code]).toEqual([404, 'STUDENT_PROGRAM_NOT_FOUND'])
    expect(answer.error?.message).toBe(`Program with id ${program.id} not found.`)
  })

  test('with an If-Match of a version that never was answers 412', async () => {
    const student = await w.student()
    await w.registrar.delete(`/students/${student.id}`)
    const answer = await w.registrar.post(`/students/${student.id}/restore`, undefined, { 'if-match': '"99"' })
    expect([answer.status, answer.error?.code]).toEqual([412, 'PRECONDITION_FAILED'])
  })
})
