import { beforeAll, describe, expect, test } from 'vitest'
import { applicant } from '../../admission/application/applied.ts'
import { testEnv, unique, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const csv = { 'content-type': 'text/csv' }
const enrollment_date = '2024-09-23'
const newStudent = (date_of_birth: string, day = enrollment_date) => {
  const n = unique()
  return {
    student_number: `B-${n}`,
    first_name: 'Ελένη',
    last_name: 'Παππά',
    email: `b${n}@lyceum.test`,
    date_of_birth,
    enrollment_date: day,
  }
}
const codeOf = ({ status, error }: { status: number; error: { code: string } | null }) =>
  error ? `${status} ${error.code}` : status
const unlikely = '422 BIRTH_DATE_UNLIKELY'

const cases = [
  ['the first day of 1900', '1900-01-01', enrollment_date, true],
  ['the day before', '1899-12-31', enrollment_date, false],
  ['twelve years before the enrollment to the day', '2012-09-23', enrollment_date, true],
  ['a day less', '2012-09-24', enrollment_date, false],
  ['the day of the enrollment', enrollment_date, enrollment_date, false],
  ['a leap day twelve years before one', '2012-02-29', '2024-02-29', true],
  ['the last day there is', '9999-12-31', enrollment_date, false],
  ['the first day there is', '0001-01-01', enrollment_date, false],
] as const

describe('a student born', () => {
  test.each(cases)('on %s', async (_, birth, day, possible) => {
    expect(codeOf(await w.registrar.post('/students', newStudent(birth, day)))).toBe(possible ? 201 : unlikely)
    const { id } = await w.student({ enrollment_date: day })
    const path = `/students/${id}` as const
    expect(codeOf(await w.registrar.patch(path, { date_of_birth: birth }))).toBe(possible ? 200 : unlikely)
  })

  test.each(cases)('on %s, imported', async (_, birth, day, possible) => {
    const row = newStudent(birth, day)
    const file = `${Object.keys(row).join(',')}\n${Object.values(row).join(',')}\n`
    const { data } = await w.registrar.post('/imports/students', file, csv)
    expect(data.errors.map(({ field, code }) => [field, code])).toEqual(
      possible ? [] : [['date_of_birth', 'BIRTH_DATE_UNLIKELY']],
    )
    expect(data.created).toBe(possible ? 1 : 0)
  })
})

describe('the enrollment of a student', () => {
  test('is not moved before the age of twelve, nor are both dates', async () => {
    const { id } = await w.student({ date_of_birth: '2006-05-04' })
    const path = `/students/${id}` as const
    expect(codeOf(await w.registrar.patch(path, { enrollment_date: '2018-05-03' }))).toBe(unlikely)
    expect(codeOf(await w.registrar.patch(path, { enrollment_date: '2018-05-04' }))).toBe(200)
    const both = { date_of_birth: '2010-01-01', enrollment_date: '2021-12-31' }
    expect(codeOf(await w.registrar.patch(path, both))).toBe(unlikely)
    expect(codeOf(await w.registrar.patch(path, { ...both, enrollment_date: '2022-01-01' }))).toBe(200)
  })

  test('is not moved there by an import that has no other column', async () => {
    const { student_number } = await w.student({ date_of_birth: '2006-05-04' })
    const { id } = (await w.registrar.get(`/students?student_number=${student_number}`)).data.items[0]!
    const { email, first_name, last_name } = (await w.registrar.get(`/students/${id}`)).data
    const file = (day: string) =>
      `student_number,email,first_name,last_name,enrollment_date\n${student_number},${email},${first_name},${last_name},${day}\n`
    const refused = await w.registrar.post('/imports/students', file('2018-05-03'), csv)
    expect(refused.data.errors.map(({ code }) => code)).toEqual(['BIRTH_DATE_UNLIKELY'])
    expect((await w.registrar.post('/imports/students', file('2018-05-04'), csv)).data.updated).toBe(1)
  })
})

describe('an applicant', () => {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Athens' }).format(Date.now())
  const twelve = `${Number(today.slice(0, 4)) - 12}${today.slice(4)}`
  const eleven = `${Number(today.slice(0, 4)) - 11}${today.slice(4)}`
  const wish = async () => ({
    program_id: (await w.program()).id,
    term_id: (await w.term()).id,
    first_name: 'Ελένη',
    last_name: 'Παππά',
  })

  test('could be enrolled today', async () => {
    const person = await applicant()
    const body = await wish()
    expect(codeOf(await person.post('/applications', { ...body, date_of_birth: eleven }))).toBe(unlikely)
    const { data } = await person.post('/applications', { ...body, date_of_birth: twelve })
    expect(data.date_of_birth).toBe(twelve)
    const path = `/applications/${data.id}` as const
    expect(codeOf(await person.patch(path, { date_of_birth: '1899-12-31' }))).toBe(unlikely)
    expect(codeOf(await person.patch(path, { date_of_birth: null }))).toBe(200)
  })

  test('who could not be when the rule came is not matriculated', async () => {
    const person = await applicant()
    const { id } = (await person.post('/applications', await wish())).data
    await testEnv.DB.prepare('update application set date_of_birth = ? where id = ?').bind(eleven, id).run()
    await person.post(`/applications/${id}/submit`)
    await w.registrar.post(`/applications/${id}/review`)
    await w.registrar.post(`/applications/${id}/accept`)
    expect(codeOf(await w.registrar.post(`/applications/${id}/matriculate`))).toBe(unlikely)
    expect((await w.registrar.get(`/applications/${id}`)).data.status).toBe('accepted')
  })
})

describe('a row of before the rule', () => {
  /** A student as it may have been written then: the rule is away for a moment. */
  async function before() {
    const student = await w.student()
    const { results } = await testEnv.DB.prepare(
      "select name, sql from sqlite_schema where name = 'student_birth_still_possible'",
    ).all<{
      name: string
      sql: string
    }>()
    await testEnv.DB.batch([
      testEnv.DB.prepare('drop trigger student_birth_still_possible'),
      testEnv.DB.prepare("update student set date_of_birth = '1066-10-14' where id = ?").bind(student.id),
      testEnv.DB.prepare(results[0]!.sql),
    ])
    return student
  }

  test('goes on, and is changed where the dates are not concerned', async () => {
    const { id } = await before()
    const path = `/students/${id}` as const
    expect((await w.registrar.patch(path, { phone: '+302101234567' })).data).toMatchObject({
      phone: '+302101234567',
      date_of_birth: '1066-10-14',
    })
    expect(codeOf(await w.registrar.patch(path, { enrollment_date: '2024-09-24' }))).toBe(unlikely)
    expect(codeOf(await w.registrar.patch(path, { date_of_birth: '1996-10-14' }))).toBe(200)
  })

  test('is the same when it is imported as it was exported', async () => {
    const { student_number, email } = await before()
    const file = `student_number,email,first_name,last_name,date_of_birth,enrollment_date,phone\n${student_number},${email},Ελένη,Παππά,1066-10-14,2025-09-20,+302101234567\n`
    const { data } = await w.registrar.post('/imports/students', file, csv)
    expect(data).toMatchObject({ updated: 1, errors: [] })
  })

  test('does not come back as it is once it was deleted', async () => {
    const { id } = await before()
    await w.registrar.delete(`/students/${id}`)
    expect(codeOf(await w.registrar.post(`/students/${id}/restore`))).toBe(unlikely)
  })
})
