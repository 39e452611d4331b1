import { beforeAll, describe, expect, test } from 'vitest'
import { counts, importFile, problems } from '../../exchange/import/files.ts'
import { testEnv, unique, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

/** Numbers that look alike in print, each typed in another way. */
const alike = (n: number) => [`MK-${n}`, `mk-${n}`, `ΜΚ-${n}`, `μκ-${n}`, `МК-${n}`, `ＭＫ-${n}`, `M\u200BK-${n}`]
const body = (student_number: string, fields: object = {}) => ({
  student_number,
  first_name: 'Ελένη',
  last_name: 'Παππά',
  email: `k${unique()}@lyceum.test`,
  ...fields,
})
const create = (student_number: string, fields: object = {}) =>
  w.registrar.post('/students', body(student_number, fields))
const codeOf = ({ status, error }: { status: number; error: { code: string } | null }) =>
  error ? `${status} ${error.code}` : status
const taken = '409 STUDENT_NUMBER_TAKEN'

describe('a student number', () => {
  test('is kept as it was typed, composed and without what nobody sees', async () => {
    const n = unique()
    expect((await create(`μκ\u200B-E\u0301-${n}`)).data.student_number).toBe(`μκ-É-${n}`)
  })

  test('is given once, however it is typed, in every way in', async () => {
    const [first, ...others] = alike(unique())
    const { id } = (await create(first!)).data
    const other = await w.student()
    for (const typed of others) {
      expect(codeOf(await create(typed)), typed).toBe(taken)
      expect(codeOf(await w.registrar.patch(`/students/${other.id}`, { student_number: typed })), typed).toBe(taken)
    }
    expect(codeOf(await w.registrar.patch(`/students/${id}`, { student_number: others[0]! }))).toBe(200)
  })

  test('is taken by one of many who ask at once', async () => {
    const answers = await Promise.all(alike(unique()).map((typed) => create(typed)))
    expect(answers.map(codeOf).toSorted()).toEqual([201, ...Array<string>(6).fill(taken)])
  })

  test('of a deleted student is to be restored, and then free for nobody', async () => {
    const [first, second] = alike(unique())
    const { id } = (await create(first!)).data
    await w.registrar.delete(`/students/${id}`)
    expect(codeOf(await create(second!))).toBe('409 STUDENT_ARCHIVED')
    await w.registrar.post(`/students/${id}/restore`)
    expect(codeOf(await create(second!))).toBe(taken)
  })

  test('is found however it is typed', async () => {
    const typed = alike(unique())
    const { id } = (await create(typed[2]!)).data
    const found = async (query: string) =>
      (await w.registrar.get(`/students?${query}`)).data.items.map((student) => student.id)
    for (const one of typed) {
      expect(await found(`student_number=${encodeURIComponent(one)}`), one).toEqual([id])
      expect(await found(`student_number__in=x,${encodeURIComponent(one)}`), one).toEqual([id])
      expect(await found(`student_number__contains=${encodeURIComponent(one)}`), one).toEqual([id])
    }
  })

  test('names a student in files however it is typed', async () => {
    const [first, ...others] = alike(unique())
    const student = (await create(first!)).data
    const section = await w.section()
    const { code: course } = (await w.registrar.get(`/courses/${section.course_id}`)).data
    const { code: term } = (await w.registrar.get(`/terms/${section.term_id}`)).data
    const seats = `course_code,term_code,section_number,student_number,enrolled_at\n${course},${term.toLowerCase()},1,${others[1]},2026-10-05\n`
    expect(counts(await importFile(w.registrar, 'enrollments', seats))).toEqual([1, 0, 0, 0])
    const rows = (last: string, ...typed: string[]) =>
      `student_number,email,last_name,first_name\n${typed.map((one) => `${one},${student.email},${last},Ελένη\n`).join('')}`
    expect(counts(await importFile(w.registrar, 'students', rows('Νέα', others[0]!)))).toEqual([0, 1, 0, 0])
    expect((await w.registrar.get(`/students/${student.id}`)).data).toMatchObject({
      student_number: first,
      last_name: 'Νέα',
    })
    expect(problems(await importFile(w.registrar, 'students', rows('Άλλη', others[0]!, others[1]!)))).toEqual([
      [3, 'student_number', 'IMPORT_ROW_TWICE'],
    ])
  })
})

describe('students of before whose numbers look alike', () => {
  /** The second is exempt, as the migration leaves it. */
  async function twins() {
    const [one, other] = alike(unique())
    const first = (await create(one!)).data
    const row = body(other!)
    await testEnv.DB.prepare(
      `insert into student (student_number, number_key, legacy, first_name, last_name, email, study_year, enrollment_date, search_text, created_at, updated_at)
       values (?, ?, 1, 'Ελένη', 'Παππά', ?, 1, '2024-09-20', 'x', '2024-09-20T00:00:00.000Z', '2024-09-20T00:00:00.000Z')`,
    )
      .bind(other, one, row.email)
      .run()
    const { data } = await w.registrar.get(`/students?student_number=${one}&ordering=id`)
    const [, second] = data.items
    return { one: one!, other: other!, first, second: second! }
  }

  test('stay, and can be changed', async () => {
    const { other, second } = await twins()
    const path = `/students/${second.id}` as const
    expect((await w.registrar.patch(path, { phone: '+302101234567' })).data).toMatchObject({
      student_number: other,
      phone: '+302101234567',
    })
    await w.registrar.delete(path)
    expect(codeOf(await w.registrar.post(`${path}/restore`))).toBe(200)
  })

  test('are named in files as they are written', async () => {
    const { one, other, first, second } = await twins()
    const row = (number: string, email: string, last: string) =>
      `student_number,email,last_name,first_name\n${number},${email},${last},Ελένη\n`
    await importFile(w.registrar, 'students', row(one, first.email, 'Πρώτη'))
    await importFile(w.registrar, 'students', row(other, second.email, 'Δεύτερη'))
    const lastNameOf = async (id: number) => (await w.registrar.get(`/students/${id}`)).data.last_name
    expect([await lastNameOf(first.id), await lastNameOf(second.id)]).toEqual(['Πρώτη', 'Δεύτερη'])
  })

  test('are exempt until they get another number', async () => {
    const { one, second } = await twins()
    const path = `/students/${second.id}` as const
    expect(codeOf(await w.registrar.patch(path, { student_number: `Y-${unique()}` }))).toBe(200)
    expect(codeOf(await w.registrar.patch(path, { student_number: one.toLowerCase() }))).toBe(taken)
  })
})

describe('a new student', () => {
  test('whose name and birth date somebody has is made, with a warning', async () => {
    const last_name = `Δίδυμου${'ά'.repeat(unique() % 50)}`
    const same = { first_name: 'Άννα', last_name, date_of_birth: '2001-03-04' }
    const first = await create(`T-${unique()}`, same)
    expect([first.data.warnings, first.data.alike_ids]).toEqual([undefined, undefined])
    const second = await create(`T-${unique()}`, { ...same, first_name: 'ΑΝΝΑ' })
    expect(second.status).toBe(201)
    expect([second.data.warnings, second.data.alike_ids]).toEqual([['LIKELY_TWIN'], [first.data.id]])
    for (const other of [{ date_of_birth: '2001-03-05' }, { date_of_birth: null }, { first_name: 'Άννη' }])
      expect((await create(`T-${unique()}`, { ...same, ...other })).data.warnings).toBeUndefined()
  })

  test('whose number differs in zeros only is made, with a warning', async () => {
    const n = unique()
    const first = (await create(`00${n}O7`)).data
    expect((await create(`${n}07`)).data).toMatchObject({ warnings: ['LOOKS_ALIKE'], alike_ids: [first.id] })
    expect((await create(`1${n}07`)).data.warnings).toBeUndefined()
  })
})

describe('the codes of programs, courses and terms', () => {
  const dates = { name: 'T', start_date: '2026-10-01', end_date: '2027-01-31' }
  test.each([
    ['/programs', 'PROGRAM_CODE_TAKEN', { title: 'P' }],
    ['/courses', 'COURSE_CODE_TAKEN', { title: 'C', credits: 5 }],
    ['/terms', 'TERM_CODE_TAKEN', dates],
  ] as const)('%s are given once and found, however they are typed', async (path, refusal, fields) => {
    const [first, ...others] = alike(unique())
    const post = w.registrar.post as (path: string, body: object) => ReturnType<typeof create>
    const { id } = (await post(path, { code: first, ...fields })).data
    for (const code of others) {
      expect(codeOf(await post(path, { code, ...fields })), code).toBe(`409 ${refusal}`)
      const { data } = await w.registrar.get(`${path}?code=${encodeURIComponent(code)}` as '/programs?')
      expect(
        data.items.map((row) => row.id),
        code,
      ).toEqual([id])
    }
    const hinted = (await post(path, { code: `0${first}`, ...fields })).data
    expect([hinted.warnings, hinted.alike_ids]).toEqual([['LOOKS_ALIKE'], [id]])
  })
})

test('rooms are compared by their keys, and shown as typed', async () => {
  const { id } = await w.section()
  const meetings = [{ weekday: 1, start: '10:00', end: '11:00', room: 'άμφ.  Α\u200B' }]
  const { data } = await w.registrar.put(`/sections/${id}/meetings`, { meetings })
  expect(data.meetings[0]!.room).toBe('άμφ.  Α')
  const row = await testEnv.DB.prepare('select room_key from section_meeting where section_id = ?').bind(id).first()
  expect(row).toEqual({ room_key: 'AMΦ. A' })
})
