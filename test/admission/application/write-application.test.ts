import { beforeAll, describe, expect, test } from 'vitest'
import { refusal, badFields } from '../../call.ts'
import { auditRows, type Persona, persona, type World, world } from '../../world.ts'
import { applicant, applied, edges, statuses, wish } from './applied.ts'

let w: World
let me: Persona
let other: Persona
beforeAll(async () => {
  w = await world()
  me = await applicant()
  other = await applicant()
})

const person = {
  first_name: 'Θεοδώρα',
  last_name: 'Λάσκαρη',
  latin_name: 'Theodora Laskari',
  father_name: 'Ιωάννης',
  date_of_birth: '2007-03-04',
  phone: '+306900000017',
  statement: 'Because.\nΕπειδή.',
}

describe('an application', () => {
  test('begins as a draft of the own account, with its e-mail', async () => {
    const body = { ...(await wish(w)), ...person }
    const { status, data } = await me.post('/applications', body)
    expect(status).toBe(201)
    expect(data).toEqual({
      ...body,
      account_name: expect.any(String),
      program_code: expect.any(String),
      program_title: expect.any(String),
      program_title_el: expect.any(String),
      term_code: expect.any(String),
      decided_by_name: null,
      student_number: null,
      id: data.id,
      user_id: me.userId,
      email: me.email,
      email_verified_at: expect.any(String),
      status: 'draft',
      submitted_at: null,
      note: null,
      decided_by: null,
      decided_at: null,
      student_id: null,
      version: 1,
      created_at: expect.any(String),
      updated_at: expect.any(String),
    })
    expect(await auditRows('application', data.id)).toEqual([
      expect.objectContaining({ action: 'application.create', actor_id: me.userId }),
    ])
  })

  test('is begun by the registry in the name of an applicant', async () => {
    const { status, data } = await w.registrar.post('/applications', { user_id: me.userId, ...(await wish(w)) })
    expect([status, data.user_id, data.email]).toEqual([201, me.userId, me.email])
  })

  test('of the registry says whose it is', async () => {
    expect(refusal(await w.registrar.post('/applications', await wish(w)))).toEqual([
      422,
      'APPLICATION_ACCOUNT_REQUIRED',
    ])
  })

  test('is not made in the name of somebody else', async () => {
    const answer = await me.post('/applications', { user_id: other.userId, ...(await wish(w)) })
    expect(refusal(answer)).toEqual([404, 'APPLICATION_ACCOUNT_NOT_FOUND'])
  })

  test.each(['staff', 'nobody'])('is not made in the name of %s', async (who) => {
    const user_id = who === 'staff' ? w.registrar.userId : 999_999
    const answer = await w.registrar.post('/applications', { user_id, ...(await wish(w)) })
    expect(refusal(answer)).toEqual([404, 'APPLICATION_ACCOUNT_NOT_FOUND'])
    expect(answer.error?.message).toBe(`There is no account of an applicant with id ${user_id}. Check the user_id.`)
  })

  test('is for a program and a term that are there', async () => {
    const [program, term] = [await w.program(), await w.term()]
    const gone = await me.post('/applications', await wish(w, { program_id: 999_999 }))
    expect(refusal(gone)).toEqual([404, 'APPLICATION_PROGRAM_NOT_FOUND'])
    expect(refusal(await me.post('/applications', await wish(w, { term_id: 999_999 })))).toEqual([
      404,
      'APPLICATION_TERM_NOT_FOUND',
    ])
    const { id } = (await me.post('/applications', await wish(w))).data
    await w.registrar.delete(`/programs/${program.id}`)
    await w.registrar.delete(`/terms/${term.id}`)
    expect(refusal(await me.patch(`/applications/${id}`, { program_id: program.id }))).toEqual([
      404,
      'APPLICATION_PROGRAM_NOT_FOUND',
    ])
    expect(refusal(await me.patch(`/applications/${id}`, { term_id: term.id }))).toEqual([
      404,
      'APPLICATION_TERM_NOT_FOUND',
    ])
  })

  test.each([
    ['status', 'accepted'],
    ['email', 'x@lyceum.test'],
    ['student_id', 1],
    ['decided_by', 1],
    ['note', 'Take me'],
    ['submitted_at', '2026-01-01T00:00:00.000Z'],
    ['first_name', 7],
    ['last_name', 'x://y'],
    ['phone', '12345'],
    ['date_of_birth', '2007-02-30'],
    ['statement', 'bell \u0007'],
    ['statement', 'x'.repeat(10_001)],
    ['program_id', 'INF'],
  ])('is refused with %s = %j', async (field, value) => {
    const answer = await me.post('/applications', { ...(await wish(w)), [field]: value })
    expect([answer.status, badFields(answer)]).toEqual([422, [`body.${field}`]])
  })

  test('is nothing for teachers and for nobody without an account', async () => {
    const teacher = await persona('faculty')
    expect((await teacher.post('/applications', await wish(w))).status).toBe(403)
    expect((await teacher.get('/applications')).status).toBe(403)
    expect((await w.anonymous.post('/applications', await wish(w))).status).toBe(401)
  })
})

describe('a draft', () => {
  test('is changed by PATCH and PUT, by the applicant and by the registry', async () => {
    const id = await applied(w, me)
    const { term_id } = (await me.get(`/applications/${id}`)).data
    expect((await me.patch(`/applications/${id}`, { phone: '+306900000018' })).data).toMatchObject({
      phone: '+306900000018',
      last_name: 'Κομνηνού',
    })
    expect((await w.registrar.patch(`/applications/${id}`, { user_id: me.userId, latin_name: 'I K' })).status).toBe(200)
    const whole = await wish(w, { term_id })
    expect((await me.put(`/applications/${id}`, whole)).data).toMatchObject({ ...whole, phone: null, latin_name: null })
  })

  test('stays with its account', async () => {
    const id = await applied(w, me)
    const answer = await w.registrar.patch(`/applications/${id}`, { user_id: other.userId })
    expect(refusal(answer)).toEqual([400, 'APPLICATION_ACCOUNT_FIXED'])
  })

  test('is thrown away by the applicant until the registry brings it back', async () => {
    const id = await applied(w, me)
    expect((await me.delete(`/applications/${id}`)).status).toBe(204)
    expect((await me.get(`/applications/${id}`)).status).toBe(404)
    expect((await me.post(`/applications/${id}/submit`)).status).toBe(404)
    expect((await me.post(`/applications/${id}/restore`)).status).toBe(403)
    expect((await w.registrar.post(`/applications/${id}/restore`)).data).toMatchObject({ id, status: 'draft' })
  })

  test('is not for a program that is archived', async () => {
    const { id: program_id } = await w.program()
    await w.registrar.post(`/programs/${program_id}/archive`)
    expect(refusal(await me.post('/applications', await wish(w, { program_id })))).toEqual([400, 'PROGRAM_ARCHIVED'])
  })

  test('does not come back to a program or a term that is gone', async () => {
    for (const [path, field, code] of [
      ['/programs', 'program_id', 'APPLICATION_PROGRAM_NOT_FOUND'],
      ['/terms', 'term_id', 'APPLICATION_TERM_NOT_FOUND'],
    ] as const) {
      const id = await applied(w, me)
      const { data } = await me.get(`/applications/${id}`)
      await me.delete(`/applications/${id}`)
      await w.registrar.delete(`${path}/${data[field]}`)
      expect(refusal(await w.registrar.post(`/applications/${id}/restore`))).toEqual([404, code])
    }
  })
})

describe('one account, program and term', () => {
  const final = statuses.filter((status) => edges[status].length === 0)
  const open = statuses.filter((status) => edges[status].length > 0)

  test.each(open)('have one application while it is %s', async (status) => {
    const [person, body] = [await applicant(), await wish(w)]
    await applied(w, person, { ...body, status })
    expect(refusal(await person.post('/applications', body))).toEqual([409, 'APPLICATION_EXISTS'])
    const elsewhere = await person.post('/applications', await wish(w, { term_id: body.term_id }))
    expect(elsewhere.status).toBe(201)
    const moved = await person.patch(`/applications/${elsewhere.data.id}`, { program_id: body.program_id })
    expect(refusal(moved)).toEqual([409, 'APPLICATION_EXISTS'])
  })

  test.each(final)('may have another one when it is %s', async (status) => {
    const [person, body] = [await applicant(), await wish(w)]
    await applied(w, person, { ...body, status })
    expect((await person.post('/applications', body)).status).toBe(201)
  })

  test('have one, however many are begun at once or brought back', async () => {
    const [person, body] = [await applicant(), await wish(w)]
    const thrown = await applied(w, person, body)
    await person.delete(`/applications/${thrown}`)
    const answers = await Promise.all(Array.from({ length: 5 }, () => person.post('/applications', body)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409])
    expect(refusal(await w.registrar.post(`/applications/${thrown}/restore`))).toEqual([409, 'APPLICATION_EXISTS'])
  })
})

describe('somebody else', () => {
  test('finds nothing by any route', async () => {
    const id = await applied(w, other, { statement: 'Private' })
    for (const answer of [
      await me.get(`/applications/${id}`),
      await me.patch(`/applications/${id}`, { statement: 'Mine' }),
      await me.put(`/applications/${id}`, await wish(w)),
      await me.delete(`/applications/${id}`),
      await me.post(`/applications/${id}/submit`),
      await me.post(`/applications/${id}/withdraw`),
    ])
      expect(refusal(answer)).toEqual([404, 'APPLICATION_NOT_FOUND'])
    expect((await other.get(`/applications/${id}`)).data).toMatchObject({ statement: 'Private', version: 1 })
  })

  test('is not in the list, whatever the filter', async () => {
    await applied(w, other)
    await applied(w, me)
    for (const query of ['', `user_id=${other.userId}`, `email=${other.email}`, 'search=κομνηνου']) {
      const { items } = (await me.get(`/applications?page_size=200&${query}`)).data
      expect(items.filter((item: { user_id: number }) => item.user_id !== me.userId)).toEqual([])
    }
  })
})

test('the registry finds applications by name, state, program, term and account', async () => {
  const person = await applicant()
  const { id: program_id } = await w.program()
  const id = await applied(w, person, { program_id, status: 'waitlisted', last_name: 'Ζάππας' })
  const { term_id } = (await w.registrar.get(`/applications/${id}`)).data
  for (const query of [
    'search=ζαππας',
    `program_id=${program_id}&status__in=waitlisted,rejected`,
    `term_id=${term_id}`,
    `email=${person.email}`,
  ]) {
    const { items } = (await w.registrar.get(`/applications?${query}`)).data
    expect(items.map((item: { id: number }) => item.id)).toEqual([id])
  }
})

describe('what is applied for', () => {
  test.each([
    ['/programs', 'program_id', 'PROGRAM_APPLIED_FOR'],
    ['/terms', 'term_id', 'TERM_APPLIED_FOR'],
  ] as const)('is not deleted while an application is open: %s', async (path, field, code) => {
    const id = await applied(w, me)
    const { data } = await me.get(`/applications/${id}`)
    expect(refusal(await w.registrar.delete(`${path}/${data[field]}`))).toEqual([409, code])
    await me.post(`/applications/${id}/withdraw`)
    expect((await w.registrar.delete(`${path}/${data[field]}`)).status).toBe(204)
    expect((await me.get(`/applications/${id}`)).data.status).toBe('withdrawn')
  })
})
