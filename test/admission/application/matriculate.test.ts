import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { auditRows, caller, countRows, password, type Persona, unique, type World, world } from '../../world.ts'
import { meanwhile } from '../../platform/database/between.ts'
import { codeOf, json, serveWith, timingOf } from '../../platform/http/serve.ts'
import { execute, rowOf } from '../../grading/graded-section.ts'
import { setAccount } from '../../access/identity/account.ts'
import { confirmationToken, confirmEmail } from '../../access/mailed-token/mailed.ts'
import { applicant, applied, wish } from './applied.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

let years = 2100
/** A term that begins in a year in which nobody has a number yet. */
const freshYear = async () => {
  const year = (years += 1)
  const { id } = await w.term({ start_date: `${year}-10-01`, end_date: `${year + 1}-02-15` })
  return { year, term_id: id }
}
const accepted = async (by: Persona, fields: { term_id?: number; [field: string]: unknown } = {}) =>
  applied(w, by, { status: 'accepted', ...fields })
const matriculate = (id: number) => w.registrar.post(`/applications/${id}/matriculate`)
const studentOf = async (id: number) => {
  const { data } = await w.registrar.get(`/applications/${id}`)
  return (await w.registrar.get(`/students/${data.student_id}`)).data
}

describe('matriculation', () => {
  test('makes the student that applied, with the first number of the year', async () => {
    const { year, term_id } = await freshYear()
    const me = await applicant()
    const person = {
      latin_name: 'Ifigeneia Komninou',
      father_name: 'Αλέξιος',
      date_of_birth: '2007-03-04',
      phone: '+306900000017',
    }
    const { id: program_id } = await w.program()
    const id = await accepted(me, { ...person, term_id, program_id })
    const { status, data } = await matriculate(id)
    expect([status, data.status]).toEqual([200, 'matriculated'])
    expect(await studentOf(id)).toMatchObject({
      id: data.student_id,
      ...person,
      first_name: 'Ιφιγένεια',
      last_name: 'Κομνηνού',
      student_number: `${year}-00001`,
      email: me.email,
      program_id,
      study_year: 1,
      enrollment_date: new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Athens' }).format(new Date()),
      status: 'active',
      version: 1,
    })
    const found = (await w.registrar.get(`/students?search=${year}-00001 κομνηνου ifigeneia`)).data
    expect(found.items.map((one: { id: number }) => one.id)).toEqual([data.student_id])
  })

  test('leaves one audit row, with the number', async () => {
    const { year, term_id } = await freshYear()
    const id = await accepted(await applicant(), { term_id })
    const before = await countRows('audit_log')
    await matriculate(id)
    expect(await countRows('audit_log')).toBe(before + 1)
    const [row] = await auditRows('application', id)
    expect(row).toMatchObject({ action: 'application.matriculate', actor_id: w.registrar.userId })
    expect(JSON.parse(row!.changes)).toEqual({
      status: { old: 'accepted', new: 'matriculated' },
      student_number: { new: `${year}-00001` },
    })
  })

  test('ends the sessions of the account, which reads its record in the next one', async () => {
    const email = `newcomer${unique()}@lyceum.test`
    await w.anonymous.post('/auth/register', { email, password, full_name: 'Νέα Φοιτήτρια' })
    await confirmEmail(await confirmationToken(email))
    const { data: before } = await w.anonymous.post('/auth/login', { email, password })
    const me = caller(before.access_token)
    const { data: draft } = await me.post('/applications', await wish(w))
    await me.post(`/applications/${draft.id}/submit`)
    await w.registrar.post(`/applications/${draft.id}/review`)
    await w.registrar.post(`/applications/${draft.id}/accept`, { note: 'Welcome' })
    const { student_id } = (await matriculate(draft.id)).data
    expect((await me.get('/auth/me')).status).toBe(401)
    const { refresh_token } = before
    expect((await w.anonymous.post('/auth/refresh', { refresh_token })).status).toBe(401)
    const { data: after } = await w.anonymous.post('/auth/login', { email, password })
    expect(after.user.student_id).toBe(student_id)
    const student = caller(after.access_token)
    expect((await student.get(`/students/${student_id}`)).data).toMatchObject({ id: student_id, email })
    expect((await student.get('/students')).data.total).toBe(1)
    expect((await student.get(`/applications/${draft.id}`)).data).toMatchObject({ note: 'Welcome', student_id })
  })

  test('takes one round trip to know, one to write and one to learn whose sessions ended', async () => {
    expect(timingOf(await matriculate(await accepted(await applicant()))).roundTrips).toBe(3)
  })

  test('repeated with the same Idempotency-Key answers the same', async () => {
    const id = await accepted(await applicant())
    const send = () => w.registrar.post(`/applications/${id}/matriculate`, undefined, { 'idempotency-key': `m-${id}` })
    const [first, second] = [await send(), await send()]
    expect([first.status, second.status, second.data]).toEqual([200, 200, first.data])
  })
})

describe('numbers', () => {
  test('run through a year without a gap, each year for itself', async () => {
    const [one, other] = [await freshYear(), await freshYear()]
    const numbers: string[] = []
    for (const { term_id } of [one, other, one, other, one]) {
      const id = await accepted(await applicant(), { term_id })
      await matriculate(id)
      numbers.push((await studentOf(id)).student_number)
    }
    const [a, b] = [one.year, other.year]
    expect(numbers).toEqual([`${a}-00001`, `${b}-00001`, `${a}-00002`, `${b}-00002`, `${a}-00003`])
  })

  test('of twelve who are matriculated at once are the first twelve', async () => {
    const { year, term_id } = await freshYear()
    const ids: number[] = []
    for (let i = 0; i < 12; i += 1) ids.push(await accepted(await applicant(), { term_id }))
    const answers = await Promise.all(ids.map(matriculate))
    expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 200))
    const numbers = await Promise.all(ids.map(async (id) => (await studentOf(id)).student_number))
    expect(numbers.toSorted()).toEqual(ids.map((_, i) => `${year}-${String(i + 1).padStart(5, '0')}`))
  })

  test('that were given by hand are skipped, those of deleted students too', async () => {
    const { year, term_id } = await freshYear()
    await w.student({ student_number: `${year}-00001` })
    const { id: gone } = await w.student({ student_number: `${year}-00002` })
    await w.registrar.delete(`/students/${gone}`)
    const id = await accepted(await applicant(), { term_id })
    await matriculate(id)
    expect((await studentOf(id)).student_number).toBe(`${year}-00003`)
    expect((await w.registrar.post(`/students/${gone}/restore`)).status).toBe(200)
  })

  test('are not taken by a matriculation that fails', async () => {
    const { year, term_id } = await freshYear()
    const me = await applicant()
    await w.student({ email: me.email })
    expect((await matriculate(await accepted(me, { term_id }))).status).toBe(409)
    const id = await accepted(await applicant(), { term_id })
    await matriculate(id)
    expect((await studentOf(id)).student_number).toBe(`${year}-00001`)
  })

  test('end at 99999, and say so', async () => {
    const { year, term_id } = await freshYear()
    await execute('insert into student_number_series (year, last) values (?, 99998)', year)
    const [last, late] = [
      await accepted(await applicant(), { term_id }),
      await accepted(await applicant(), { term_id }),
    ]
    await matriculate(last)
    expect((await studentOf(last)).student_number).toBe(`${year}-99999`)
    const answer = await matriculate(late)
    expect(refusal(answer)).toEqual([409, 'STUDENT_NUMBERS_USED_UP'])
    expect(answer.error?.message).toContain(String(year))
  })
})

describe('two at once', () => {
  test('for one application make one student: the other is told that it is no more what it was', async () => {
    const { year, term_id } = await freshYear()
    const me = await applicant()
    const id = await accepted(me, { term_id })
    const before = await countRows('student')
    const answers = await Promise.all(Array.from({ length: 6 }, () => matriculate(id)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409, 409, 409])
    const codes = answers.flatMap(({ error }) => (error ? [error.code] : []))
    expect(codes.filter((code) => !['STALE_STATE', 'APPLICATION_TRANSITION_REFUSED'].includes(code))).toEqual([])
    expect(await countRows('student')).toBe(before + 1)
    const series = await rowOf<{ last: number }>('select last from student_number_series where year = ?', year)
    expect(series.last).toBe(1)
  })

  test('of one account, for two programs, make one student', async () => {
    const me = await applicant()
    const ids = [await accepted(me), await accepted(me)]
    const answers = await Promise.all(ids.map(matriculate))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const { data } = await w.registrar.get(`/students?email=${me.email}`)
    expect(data.total).toBe(1)
    const states = await Promise.all(ids.map(async (id) => (await w.registrar.get(`/applications/${id}`)).data.status))
    expect(states.toSorted()).toEqual(['accepted', 'matriculated'])
  })
})

describe('an applicant who cannot be matriculated', () => {
  const unchanged = async (id: number, code: string) => {
    const before = [await countRows('student'), await countRows('audit_log')]
    const answer = await matriculate(id)
    expect(refusal(answer)).toEqual([code.endsWith('_NOT_FOUND') ? 404 : 409, code])
    expect([await countRows('student'), await countRows('audit_log')]).toEqual(before)
    expect((await w.registrar.get(`/applications/${id}`)).data.status).toBe('accepted')
    return answer.error!
  }

  test('is one whose e-mail a student has', async () => {
    const me = await applicant()
    await w.student({ email: me.email })
    const { message } = await unchanged(await accepted(me), 'STUDENT_EMAIL_TAKEN')
    expect(message).toBe(`There is already a student with the e-mail ${me.email}. Check it, or give another.`)
  })

  test('is one whose record was deleted: it is to be restored', async () => {
    const me = await applicant()
    const { id } = await w.student({ email: me.email })
    await w.registrar.delete(`/students/${id}`)
    const { message } = await unchanged(await accepted(me), 'STUDENT_ARCHIVED')
    expect(message).toContain(`/students/${id}/restore`)
  })

  test('is one whose account is that of a student', async () => {
    const me = await w.studentPersona()
    const { message } = await unchanged(await accepted(me), 'APPLICANT_IS_STUDENT')
    expect(message).toContain(String(me.studentId))
  })

  test('is one whose account gets another student meanwhile, whom it keeps', async () => {
    const [me, { id: student }] = [await applicant(), await w.student()]
    const id = await accepted(me)
    const before = await countRows('student')
    const DB = meanwhile(() => execute('update user set student_id = ? where id = ?', student, me.userId))
    const init = json('POST', {}, { authorization: `Bearer ${w.registrar.token}` })
    expect(await codeOf(await serveWith({ DB }, `/api/v1/applications/${id}/matriculate`, init))).toBe(
      '409 STALE_STATE',
    )
    const account = await rowOf<{ student_id: number }>('select student_id from user where id = ?', me.userId)
    expect([account.student_id, await countRows('student')]).toEqual([student, before])
  })

  test('is one whose account was closed', async () => {
    const me = await applicant()
    const id = await accepted(me)
    await setAccount(me.userId, 'deleted_at', '2026-11-01T00:00:00.000Z')
    await unchanged(id, 'APPLICATION_ACCOUNT_NOT_FOUND')
    expect((await w.registrar.get(`/applications/${id}`)).data.email).toBeNull()
  })

  test('is one whose account has become that of staff', async () => {
    const me = await applicant()
    const id = await accepted(me)
    await setAccount(me.userId, 'role', 'registrar')
    await unchanged(id, 'APPLICATION_ACCOUNT_NOT_FOUND')
  })
})
