import { beforeAll, describe, expect, test } from 'vitest'
import { auditRows, countRows, unique, type World, world } from '../../world.ts'
import { counts, csv, importFile, ndjson, problems } from './files.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const sent = (entity: string, rows: Record<string, unknown>[], query = '') =>
  importFile(w.registrar, entity, csv(rows), { query })
const studentOf = async (id: number) => (await w.registrar.get(`/students/${id}`)).data

describe('an empty cell', () => {
  const fields = { phone: '+302100000000', father_name: 'Νίκος' }

  test('takes away a value that is there, and a dry run says how many', async () => {
    const student = await w.student(fields)
    const rows = [{ student_number: student.student_number, phone: '', father_name: '?', latin_name: '' }]
    const dry = await sent('students', rows, '?dry_run=true&missing=%3F')
    expect([dry.data.blanks, dry.data.updated, dry.data.cleared]).toEqual(['clear', 1, 2])
    expect(await studentOf(student.id)).toMatchObject(fields)
    expect((await sent('students', rows, '?missing=%3F')).data.cleared).toBe(2)
    expect(await studentOf(student.id)).toMatchObject({ phone: null, father_name: null })
    expect((await sent('students', rows, '?missing=%3F')).data).toMatchObject({ skipped: 1, cleared: 0 })
  })

  test('keeps it where blanks are to keep', async () => {
    const student = await w.student(fields)
    const rows = [{ student_number: student.student_number, phone: '', father_name: 'Πέτρος', last_name: ' ' }]
    const dry = await sent('students', rows, '?dry_run=true&blanks=keep')
    expect([dry.data.blanks, dry.data.updated, dry.data.cleared]).toEqual(['keep', 1, 0])
    expect(counts(await sent('students', rows, '?blanks=keep'))).toEqual([0, 1, 0, 0])
    expect(await studentOf(student.id)).toMatchObject({ ...fields, father_name: 'Πέτρος' })
  })

  test('is an error where a value must be, unless blanks are to keep', async () => {
    const student = await w.student()
    const rows = [{ student_number: student.student_number, email: '' }]
    expect(problems(await sent('students', rows))).toEqual([[2, 'email', 'required']])
    expect(counts(await sent('students', rows, '?blanks=keep'))).toEqual([0, 0, 1, 0])
  })

  test('takes nothing away in an atomic import that is refused', async () => {
    const student = await w.student(fields)
    const rows = [
      { student_number: student.student_number, phone: '' },
      { student_number: 'NOBODY', phone: '' },
    ]
    expect((await sent('students', rows, '?atomic=true')).data).toMatchObject({ skipped: 1, failed: 1, cleared: 0 })
    expect(await studentOf(student.id)).toMatchObject(fields)
  })
})

describe('a file with the key and one column', () => {
  test.each(['csv', 'ndjson'])('changes that of rows that are there, as %s; a new row needs more', async (format) => {
    const student = await w.student()
    const rows = [
      { student_number: student.student_number, phone: '2310123456' },
      { student_number: `NEW-${unique()}`, phone: '2310123456' },
    ]
    const answer =
      format === 'csv'
        ? await sent('students', rows)
        : await importFile(w.registrar, 'students', ndjson(rows), { type: 'application/x-ndjson' })
    expect(counts(answer)).toEqual([0, 1, 0, 1])
    const line = format === 'csv' ? 3 : 2
    expect(problems(answer)).toEqual([
      [line, 'email', 'IMPORT_VALUE_MISSING'],
      [line, 'last_name', 'NAME_MISSING'],
    ])
    const { phone, last_name, email } = await studentOf(student.id)
    expect({ phone, last_name, email }).toEqual({
      phone: '2310123456',
      last_name: student.last_name,
      email: student.email,
    })
    expect(JSON.parse((await auditRows('student', student.id))[0]!.changes)).toEqual({
      phone: { old: null, new: '2310123456' },
    })
  })

  test('is compared with the rest of the row that is there', async () => {
    const section = await w.section()
    const { course_code, term_code, number } = (await w.registrar.get(`/sections/${section.id}`)).data
    const student = await w.student()
    const key = { course_code, term_code, section_number: number, student_number: student.student_number }
    const seat = { ...key, enrolled_at: '2025-09-10' }
    await sent('enrollments', [{ ...seat, status: 'withdrawn', ended_at: '2025-11-01' }])
    expect(counts(await sent('enrollments', [{ ...seat, ended_at: '2025-11-02' }]))).toEqual([0, 1, 0, 0])
    expect(problems(await sent('enrollments', [{ ...seat, ended_at: '2025-09-01' }]))).toEqual([
      [2, 'ended_at', 'IMPORT_END_BEFORE_START'],
    ])
    expect(problems(await sent('enrollments', [{ ...seat, ended_at: '' }]))).toEqual([
      [2, 'ended_at', 'IMPORT_END_MISMATCH'],
    ])
    expect(counts(await sent('enrollments', [{ ...key, ended_at: '2025-11-03' }]))).toEqual([0, 1, 0, 0])
    expect(problems(await sent('enrollments', [{ ...key, ended_at: '2025-09-01' }]))).toEqual([
      [2, 'ended_at', 'IMPORT_END_BEFORE_START'],
    ])
    for (const enrolled_at of ['', ' ']) {
      const left = await sent('enrollments', [{ ...key, enrolled_at, ended_at: '2025-11-03' }])
      expect([problems(left), counts(left)]).toEqual([[], [0, 0, 1, 0]])
    }
    const again = { ...seat, enrolled_at: '2025-12-01' }
    expect(counts(await sent('enrollments', [again]))).toEqual([1, 0, 0, 0])
    for (const blank of [{}, { enrolled_at: '' }]) {
      expect(problems(await sent('enrollments', [{ ...key, ...blank, ended_at: '2025-11-04' }]))).toEqual([
        [2, 'enrolled_at', 'IMPORT_AMBIGUOUS'],
      ])
    }
    const stranger = {
      ...key,
      student_number: (await w.student()).student_number,
      status: 'dropped',
      ended_at: '2025-11-04',
    }
    for (const blank of [{}, { enrolled_at: '' }])
      expect(problems(await sent('enrollments', [{ ...stranger, ...blank }]))).toEqual([
        [2, 'enrolled_at', 'IMPORT_VALUE_MISSING'],
      ])
    const work = await w.assessment(section.id, { title: 'Essay', weight: 10 })
    const score = { ...key, assessment_title: work['title'] }
    expect(counts(await sent('scores', [{ ...score, state: 'missing' }]))).toEqual([1, 0, 0, 0])
    expect(counts(await sent('scores', [{ ...score, state: 'excused' }]))).toEqual([0, 1, 0, 0])
    expect(problems(await sent('scores', [{ ...score, score: 5 }]))).toEqual([[2, 'score', 'SCORE_STATE_MISMATCH']])
  })
})

describe('zeros that a spreadsheet took away', () => {
  const digits = () => String(1_000_000 + unique())

  test('are named where a key is found with them', async () => {
    const number = digits()
    const student = await w.student({ student_number: `000${number}` })
    const section = await w.section()
    const { course_code, term_code } = (await w.registrar.get(`/sections/${section.id}`)).data
    const row = { course_code, term_code, section_number: '1', student_number: number, enrolled_at: '2025-09-10' }
    const wide = number.replaceAll(/\d/g, (digit) => '０１２３４５６７８９'[Number(digit)]!)
    const rows = [row, { ...row, student_number: `9${number}` }, { ...row, student_number: wide }]
    const answer = await sent('enrollments', rows)
    expect(problems(answer)).toEqual([
      [2, 'student_number', 'IMPORT_ZEROS_LOST'],
      [3, 'student_number', 'IMPORT_REFERENCE_NOT_FOUND'],
      [4, 'student_number', 'IMPORT_ZEROS_LOST'],
    ])
    expect(answer.data.errors[0]!.message).toContain(`student_number ${number}, but there is ${student.student_number}`)
  })

  test('are named of a section, its course, and only where the key itself is none', async () => {
    const code = digits()
    const course = await w.course({ code: `0${code}` })
    const section = await w.section({ course_id: course.id, number: '01' })
    const { term_code } = (await w.registrar.get(`/sections/${section.id}`)).data
    const { student_number } = await w.student()
    const row = { course_code: code, term_code, section_number: '01', student_number, enrolled_at: '2025-09-10' }
    const rows = [row, { ...row, course_code: `0${code}`, section_number: '1' }]
    expect(problems(await sent('enrollments', rows))).toEqual([
      [2, 'course_code', 'IMPORT_ZEROS_LOST'],
      [3, 'section_number', 'IMPORT_ZEROS_LOST'],
    ])
    await w.course({ code })
    expect(problems(await sent('enrollments', [row]))).toEqual([[2, 'section_number', 'IMPORT_REFERENCE_NOT_FOUND']])
  })

  test('are a warning for a row that would be a new one, which is written', async () => {
    const number = digits()
    await w.student({ student_number: `0${number}` })
    const row = (of: string) => ({ student_number: of, first_name: 'Ά', last_name: 'Β', email: `z${of}@lyceum.test` })
    const rows = [row(number), row(`7${number}`)]
    const { data } = await sent('students', rows, '?dry_run=true')
    expect([data.created, data.failed, data.errors]).toEqual([2, 0, []])
    expect(data.warnings).toMatchObject([
      { line: 2, field: 'student_number', severity: 'warning', code: 'IMPORT_ZEROS_MISSING' },
    ])
    expect(counts(await sent('students', rows))).toEqual([2, 0, 0, 0])
  })
})

describe('e-mails', () => {
  const emailOf = async (id: number) => (await studentOf(id)).email
  const some = (count: number) =>
    Promise.all(Array.from({ length: count }, () => w.student({ student_number: `Xc-${unique()}` })))

  test.each(['', '?dry_run=true', '?atomic=true'])('are exchanged within one file (%s)', async (query) => {
    const people = await some(4)
    const emails = people.map(({ email }) => email as string)
    const handed = [emails[1]!, emails[0]!, emails[3]!, `new${unique()}@lyceum.test`]
    const rows = people.map(({ student_number }, n) => ({
      student_number: String(student_number).toLowerCase(),
      email: handed[n]!,
    }))
    const answer = await sent('students', rows, query)
    expect({ counts: counts(answer), errors: answer.data.errors }).toEqual({ counts: [0, 4, 0, 0], errors: [] })
    const isDry = query.includes('dry')
    expect(await Promise.all(people.map(({ id }) => emailOf(id)))).toEqual(isDry ? emails : handed)
    if (isDry) return
    expect(JSON.parse((await auditRows('student', people[0]!.id))[0]!.changes)).toEqual({
      email: { old: emails[0], new: emails[1] },
    })
    expect(await countRows("student where email like 'exchanged-%'")).toBe(0)
  })

  test('are handed on to a new student', async () => {
    const [old] = await some(1)
    const rows = [
      { student_number: `HN-${unique()}`, first_name: 'Ά', last_name: 'Β', email: old!.email },
      { student_number: old!.student_number, first_name: 'Ά', last_name: 'Β', email: `hn${unique()}@lyceum.test` },
    ]
    expect(counts(await sent('students', rows))).toEqual([1, 1, 0, 0])
  })

  test('are not taken from who keeps them, nor from a row that fails', async () => {
    const [a, b, c, keeper] = await some(4)
    const rows = [
      { student_number: a!.student_number, email: b!.email, study_year: 1 },
      { student_number: b!.student_number, email: keeper!.email, study_year: 1 },
      { student_number: c!.student_number, email: `c${unique()}@lyceum.test`, study_year: 99 },
    ]
    const answer = await sent('students', rows)
    expect(problems(answer)).toEqual([
      [2, 'email', 'STUDENT_EMAIL_TAKEN'],
      [3, 'email', 'STUDENT_EMAIL_TAKEN'],
      [4, 'study_year', 'too_big'],
    ])
    expect(await emailOf(a!.id)).toBe(a!.email)
  })
})
