import { beforeAll, describe, expect, test } from 'vitest'
import { serveWith } from '../../platform/http/serve.ts'
import { badFields } from '../../call.ts'
import { auditRows, countRows, unique, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

function newStudent(fields: object = {}) {
  const n = unique()
  return { student_number: `N-${n}`, first_name: 'Ελένη', last_name: 'Παππά', email: `n${n}@lyceum.test`, ...fields }
}
const create = (fields: object = {}) => w.registrar.post('/students', newStudent(fields))

/** The calendar date in a time zone, so many days from now. */
const dayIn = (timeZone: string, days = 0) =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    Date.now() + days * 86_400_000,
  )
const today = () => dayIn('Europe/Athens')

describe('registering a student', () => {
  test('answers the row with its defaults: active, first year, enrolled today', async () => {
    const body = newStudent()
    const answer = await w.registrar.post('/students', body)
    expect(answer.status).toBe(201)
    expect(answer.data).toEqual({
      id: answer.data.id,
      ...body,
      latin_name: null,
      father_name: null,
      date_of_birth: null,
      phone: null,
      program_id: null,
      program_code: null,
      study_year: 1,
      enrollment_date: today(),
      status: 'active',
      version: 1,
      created_at: answer.data.updated_at,
      updated_at: expect.any(String),
    })
  })

  test('keeps every field as it was sent, the e-mail in small letters', async () => {
    const n = unique()
    const body = {
      student_number: `2026/${n}`,
      first_name: 'Ελένη',
      last_name: 'Παππά',
      latin_name: 'Eleni Pappa',
      father_name: 'Γεώργιος',
      date_of_birth: '2004-02-29',
      phone: '+302101234567',
      program_id: (await w.program()).id,
      study_year: 12,
      enrollment_date: '2020-09-20',
      status: 'on_leave',
    }
    const { data } = await w.registrar.post('/students', { ...body, email: `Eleni.${n}@LYCEUM.test` })
    expect((await w.registrar.get(`/students/${data.id}`)).data).toMatchObject({
      ...body,
      email: `eleni.${n}@lyceum.test`,
    })
  })

  test('leaves one audit row', async () => {
    const { data } = await create({ enrollment_date: '2025-09-20' })
    const [audit, ...others] = await auditRows('student', data.id)
    expect(others).toEqual([])
    expect(audit).toMatchObject({ action: 'student.create', actor_id: w.registrar.userId, status: 201 })
    expect(JSON.parse(audit!.changes)).toEqual({
      student_number: { new: data.student_number },
      first_name: { new: 'Ελένη' },
      last_name: { new: 'Παππά' },
      email: { new: data.email },
      study_year: { new: 1 },
      enrollment_date: { new: '2025-09-20' },
      status: { new: 'active' },
    })
  })

  test('with a number or an e-mail that is taken answers 409 and writes nothing', async () => {
    const { data } = await create()
    const before = [await countRows('student'), await countRows('audit_log')]
    const number = await create({ student_number: data.student_number })
    expect([number.status, number.error?.code]).toEqual([409, 'STUDENT_NUMBER_TAKEN'])
    expect(number.error?.message).toBe(
      `There is already a student whose number is, or looks like, ${data.student_number}. Check it, or choose another.`,
    )
    const email = await create({ email: data.email.toUpperCase() })
    expect([email.status, email.error?.code]).toEqual([409, 'STUDENT_EMAIL_TAKEN'])
    expect(email.error?.message).toBe(
      `There is already a student with the e-mail ${data.email}. Check it, or give another.`,
    )
    expect([await countRows('student'), await countRows('audit_log')]).toEqual(before)
  })

  test('in a program that is not there answers 404', async () => {
    const answer = await create({ program_id: 999_999 })
    expect([answer.status, answer.error?.code]).toEqual([404, 'STUDENT_PROGRAM_NOT_FOUND'])
    expect(answer.error?.message).toBe('Program with id 999999 not found.')
  })

  test('enrolled in the future is refused, enrolled today is not', async () => {
    const tomorrow = dayIn('Europe/Athens', 1)
    const answer = await create({ enrollment_date: tomorrow })
    expect([answer.status, answer.error?.code]).toEqual([422, 'ENROLLMENT_DATE_IN_FUTURE'])
    expect(answer.error?.message).toBe(
      `The enrollment date ${tomorrow} is in the future. Give today or an earlier day.`,
    )
    expect((await create({ enrollment_date: today() })).status).toBe(201)
  })

  test('today is the day where the institution is', async () => {
    for (const INSTITUTION_TIMEZONE of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
      const answer = await serveWith({ INSTITUTION_TIMEZONE }, '/api/v1/students', {
        method: 'POST',
        headers: { authorization: `Bearer ${w.registrar.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(newStudent()),
      })
      const { data } = (await answer.json()) as { data: { enrollment_date: string } }
      expect(data.enrollment_date).toBe(dayIn(INSTITUTION_TIMEZONE))
    }
    expect(dayIn('Pacific/Kiritimati') > dayIn('Pacific/Pago_Pago')).toBe(true)
  })

  test.each([
    ['email', 'nobody'],
    ['email', `${'x'.repeat(250)}@a.gr`],
    ['phone', '210.1234567'],
    ['phone', '123456'],
    ['phone', '+1234567890123456'],
    ['date_of_birth', '2003-02-29'],
    ['study_year', 0],
    ['study_year', 13],
    ['status', 'expelled'],
    ['first_name', 7],
    ['last_name', 'a\u0000b'],
    ['student_number', "1' or '1'='1"],
  ])('refuses the %s %j', async (field, value) => {
    const answer = await create({ [field]: value })
    expect([answer.status, answer.error?.code]).toEqual([422, 'VALIDATION_ERROR'])
    expect([...new Set(badFields(answer))]).toEqual([`body.${field}`])
  })
})

describe('registering a student who was deleted', () => {
  test('answers 409 and names the address that brings the record back, which then works', async () => {
    const { data: gone } = await create()
    await w.registrar.delete(`/students/${gone.id}`)
    for (const same of [{ student_number: gone.student_number }, { email: gone.email }]) {
      const answer = await create(same)
      expect([answer.status, answer.error?.code]).toEqual([409, 'STUDENT_ARCHIVED'])
      expect(answer.error?.message).toBe(
        `A deleted student has this number or e-mail. Bring the record back with POST /api/v1/students/${gone.id}/restore.`,
      )
    }
    const path = /POST \/api\/v1(\/\S+restore)/.exec(
      (await create({ email: gone.email })).error!.message,
    )![1]! as '/students/:/restore'
    const restored = await w.registrar.post(path)
    expect([restored.status, restored.data.id]).toEqual([200, gone.id])
  })

  test('while another live student has the same e-mail answers that, because restoring could not work', async () => {
    const { data: gone } = await create()
    await w.registrar.delete(`/students/${gone.id}`)
    const { data: live } = await create()
    expect((await w.registrar.patch(`/students/${live.id}`, { email: gone.email })).status).toBe(200)
    const restore = await w.registrar.post(`/students/${gone.id}/restore`)
    expect([restore.status, restore.error?.code]).toEqual([409, 'STUDENT_EMAIL_TAKEN'])
    const answer = await create({ email: gone.email })
    expect([answer.status, answer.error?.code]).toEqual([409, 'STUDENT_EMAIL_TAKEN'])
  })
})
