import { beforeAll, describe, expect, test } from 'vitest'
import { applicant } from '../../admission/application/applied.ts'
import { taken } from '../../grading/graded-section.ts'
import { issueOf, tokenOf } from '../../paperwork/transcript/issued.ts'
import { auditRows, testEnv, unique, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const csv = { 'content-type': 'text/csv' }
const codeOf = ({ status, error }: { status: number; error: { code: string } | null }) =>
  error ? `${status} ${error.code}` : status
const missing = '422 NAME_MISSING'
const body = () => {
  const n = unique()
  return { student_number: `O-${n}`, email: `o${n}@lyceum.test` }
}
const restsAs = (id: number) =>
  testEnv.DB.prepare('select first_name, last_name from student where id = ?').bind(id).first()

describe('a student with one name', () => {
  test.each([
    ['first', { first_name: 'Pelé', last_name: null }],
    ['last', { first_name: null, last_name: 'Pelé' }],
  ])('has a %s name, and null for the other', async (_, names) => {
    const answer = await w.registrar.post('/students', { ...body(), ...names })
    expect(answer.status).toBe(201)
    expect(answer.data).toMatchObject(names)
    const { id } = answer.data
    expect((await w.registrar.get(`/students/${id}`)).data).toMatchObject(names)
    expect(await restsAs(id)).toEqual({ first_name: names.first_name ?? '', last_name: names.last_name ?? '' })
    const section = await w.section()
    await w.enroll(section.id, id)
    const { data } = await w.registrar.get(`/enrollments?section_id=${section.id}&ordering=student_name`)
    expect(data.items[0]!.student_name).toBe('Pelé')
    expect((await w.registrar.get(`/students/${id}/record`)).data.student).toMatchObject(names)
    const found = await w.registrar.get(`/search?q=${answer.data.email}`)
    expect(found.data.hits.map(({ title }) => title)).toEqual(['Pelé'])
  })

  test('needs at least that', async () => {
    for (const names of [{}, { first_name: null, last_name: null }])
      expect(codeOf(await w.registrar.post('/students', { ...body(), ...names }))).toBe(missing)
    const { id } = await w.student({ first_name: 'Pelé', last_name: null })
    expect(codeOf(await w.registrar.patch(`/students/${id}`, { first_name: null }))).toBe(missing)
    expect(codeOf(await w.registrar.patch(`/students/${id}`, { first_name: ' ' }))).toBe('422 NAME_MISSING')
  })

  test('may lose the other one and get it back; the audit log says null', async () => {
    const { id } = await w.student({ first_name: 'Άννα', last_name: 'Ρήγα' })
    const path = `/students/${id}` as const
    expect((await w.registrar.patch(path, { last_name: null })).data).toMatchObject({ last_name: null, version: 2 })
    expect((await w.registrar.patch(path, { last_name: null })).data.version).toBe(2)
    expect((await w.registrar.patch(path, { last_name: 'Ρήγα' })).data).toMatchObject({ last_name: 'Ρήγα', version: 3 })
    const changes = (await auditRows('student', id)).map((row) => JSON.parse(row.changes) as Record<string, object>)
    expect(changes.slice(0, 2).map(({ last_name }) => last_name)).toEqual([
      { old: null, new: 'Ρήγα' },
      { old: 'Ρήγα', new: null },
    ])
  })

  test('is imported, comes back as it was exported, and is refused without any', async () => {
    const { student_number, email } = body()
    const file = (last: string, first: string) =>
      `student_number,email,last_name,first_name\n${student_number},${email},${last},${first}\n`
    const post = async (text: string) => (await w.registrar.post('/imports/students', text, csv)).data
    expect(await post(file('', 'Pelé'))).toMatchObject({ created: 1, errors: [] })
    const { id } = (await w.registrar.get(`/students?student_number=${student_number}`)).data.items[0]!
    expect(await restsAs(id)).toEqual({ first_name: 'Pelé', last_name: '' })
    expect(await post(file('', 'Pelé'))).toMatchObject({ skipped: 1, errors: [] })
    expect((await post(file('', ''))).errors.map(({ field, code }) => [field, code])).toEqual([
      ['last_name', 'NAME_MISSING'],
    ])
    const withoutFirst = `student_number,email,last_name\n${student_number},${email},\n`
    expect(await post(withoutFirst)).toMatchObject({ skipped: 1, errors: [] })
    expect(await post(file('Nascimento', ''))).toMatchObject({ updated: 1, errors: [] })
    expect(await restsAs(id)).toEqual({ first_name: '', last_name: 'Nascimento' })
    const changes = JSON.parse((await auditRows('student', id))[0]!.changes) as object
    expect(changes).toMatchObject({
      first_name: { old: 'Pelé', new: null },
      last_name: { old: null, new: 'Nascimento' },
    })
  })
})

test('an applicant with one name becomes a student with it', async () => {
  const person = await applicant()
  const wish = { program_id: (await w.program()).id, term_id: (await w.term()).id }
  expect(codeOf(await person.post('/applications', wish))).toBe(missing)
  const { data } = await person.post('/applications', { ...wish, last_name: 'Pelé' })
  expect(data).toMatchObject({ first_name: null, last_name: 'Pelé' })
  const path = `/applications/${data.id}` as const
  expect(codeOf(await person.patch(path, { last_name: null }))).toBe(missing)
  expect((await person.patch(path, { first_name: 'Pelé', last_name: null })).data.last_name).toBeNull()
  await person.post(`${path}/submit`)
  await w.registrar.post(`${path}/review`)
  await w.registrar.post(`${path}/accept`)
  const answer = await w.registrar.post(`${path}/matriculate`)
  expect(answer.error).toBeNull()
  const { student_id } = answer.data
  expect((await w.registrar.get(`/students/${student_id!}`)).data).toMatchObject({
    first_name: 'Pelé',
    last_name: null,
  })
})

test('what is certified of somebody with one name says that name alone', async () => {
  const student = await w.student({ first_name: null, last_name: 'Pelé' })
  await taken(w, student.id, 85.5, {})
  await w.registrar.get(`/transcripts/${student.id}`)
  const token = await tokenOf(await issueOf(student.id))
  const verified = await w.anonymous.get(`/transcripts/verify/${token}`)
  expect(verified.data).toMatchObject({ valid: true, holder: { initials: 'P.' } })
  const disclosed = await w.anonymous.post(`/transcripts/verify/${token}/record`, {
    student_number: student.student_number,
  })
  expect(disclosed.data.student.name).toBe('Pelé')
})
