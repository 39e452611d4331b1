import { beforeAll, describe, expect, test } from 'vitest'
import { auditRows, countRows, unique, type World, world } from '../../world.ts'
import { counts, csv, importFile, ndjson, problems } from './files.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const studentRow = (fields: object = {}) => {
  const n = unique()
  return {
    student_number: `I-${n}`,
    first_name: 'Ελένη',
    last_name: 'Παππά',
    email: `i${n}@lyceum.test`,
    enrollment_date: '2025-09-20',
    ...fields,
  }
}

const newestChanges = async (entity: string, id: number) =>
  JSON.parse((await auditRows(entity, id))[0]!.changes) as object

const found = async (path: `/${'students' | 'programs' | 'courses' | 'sections'}?${string}`) =>
  (await w.registrar.get(path)).data.items

describe('importing students', () => {
  test('creates them, each with its audit row, and finds them by search', async () => {
    const program = await w.program()
    const rows = [
      { ...studentRow({ last_name: 'Ζαχαρίας' }), program_code: program.code },
      { ...studentRow(), program_code: '' },
    ]
    const answer = await importFile(w.registrar, 'students', csv(rows))
    expect([answer.status, ...counts(answer)]).toEqual([200, 2, 0, 0, 0])
    expect(answer.data).toMatchObject({ entity: 'students', state: 'finished', rows: 2, progress: 100, errors: [] })
    const [first] = await found(`/students?student_number=${rows[0]!.student_number}`)
    expect(first).toMatchObject({ last_name: 'Ζαχαρίας', program_id: program.id, status: 'active', study_year: 1 })
    expect(await found('/students?search=ζαχαριας')).toHaveLength(1)
    expect(await auditRows('student', first!.id)).toMatchObject([
      { action: 'import.create', actor_id: w.registrar.userId, entity_type: 'student' },
    ])
    expect(await newestChanges('student', first!.id)).toMatchObject({
      last_name: { new: 'Ζαχαρίας' },
      study_year: { new: 1 },
    })
  })

  test('a second time changes nothing and leaves no audit row', async () => {
    const file = csv([studentRow(), studentRow({ phone: '+302100000000' })])
    await importFile(w.registrar, 'students', file)
    const before = await countRows('audit_log')
    expect(counts(await importFile(w.registrar, 'students', file))).toEqual([0, 0, 2, 0])
    expect(await countRows('audit_log')).toBe(before)
  })

  test('changes what differs, keeps what the file leaves out, and says old and new', async () => {
    const row = studentRow()
    await importFile(w.registrar, 'students', csv([{ ...row, phone: '+302100000000', study_year: 3 }]))
    const answer = await importFile(w.registrar, 'students', csv([{ ...row, last_name: 'Ξένου', study_year: '' }]))
    expect(counts(answer)).toEqual([0, 1, 0, 0])
    const [student] = await found('/students?search=ξενου')
    expect(student).toMatchObject({ last_name: 'Ξένου', phone: '+302100000000', study_year: 3, version: 2 })
    expect(await newestChanges('student', student!.id)).toEqual({ last_name: { old: 'Παππά', new: 'Ξένου' } })
  })

  test('an empty cell means null, and so does what `missing` says', async () => {
    const row = { ...studentRow(), phone: '+302100000000', father_name: 'Νίκος' }
    await importFile(w.registrar, 'students', csv([row]))
    const answer = await importFile(w.registrar, 'students', csv([{ ...row, phone: '', father_name: '?' }]), {
      query: '?missing=%3F',
    })
    expect(counts(answer)).toEqual([0, 1, 0, 0])
    const [student] = await found(`/students?student_number=${row.student_number}`)
    expect(student).toMatchObject({ phone: null, father_name: null })
  })

  test('takes NDJSON', async () => {
    const rows = [studentRow({ study_year: 2 }), { ...studentRow(), study_yeer: 1 }, studentRow({ study_year: '2' })]
    const answer = await importFile(w.registrar, 'students', `${ndjson(rows)}\nnonsense\n`, {
      type: 'application/x-ndjson',
    })
    expect(counts(answer)).toEqual([1, 0, 0, 3])
    expect(problems(answer)).toEqual([
      [2, 'study_yeer', 'unknown'],
      [3, 'study_year', 'wrong_type'],
      [4, null, 'IMPORT_ROW_MALFORMED'],
    ])
  })

  test('reports every problem of a row by line and field, and writes the others', async () => {
    const [good, bad] = [studentRow(), studentRow({ email: 'nobody', enrollment_date: '2025-13-01' })]
    const future = studentRow({ enrollment_date: '2999-01-01' })
    const answer = await importFile(w.registrar, 'students', csv([good, bad, future]))
    expect(counts(answer)).toEqual([1, 0, 0, 2])
    expect(problems(answer)).toEqual([
      [3, 'email', 'invalid_format'],
      [3, 'enrollment_date', 'invalid_format'],
      [4, 'enrollment_date', 'ENROLLMENT_DATE_IN_FUTURE'],
    ])
  })

  test('with atomic=true writes nothing when a row is wrong', async () => {
    const before = [await countRows('student'), await countRows('audit_log')]
    const rows = [studentRow(), { ...studentRow(), email: 'nobody' }]
    const answer = await importFile(w.registrar, 'students', csv(rows), { query: '?atomic=true' })
    expect(counts(answer)).toEqual([0, 0, 1, 1])
    expect([await countRows('student'), await countRows('audit_log')]).toEqual(before)
  })

  test('with dry_run=true writes nothing and reports the same', async () => {
    const rows = [studentRow(), { ...studentRow(), email: 'nobody' }]
    const before = [await countRows('student'), await countRows('audit_log')]
    const dry = await importFile(w.registrar, 'students', csv(rows), { query: '?dry_run=true' })
    expect([await countRows('student'), await countRows('audit_log')]).toEqual(before)
    const real = await importFile(w.registrar, 'students', csv(rows))
    expect([counts(dry), problems(dry)]).toEqual([counts(real), problems(real)])
    expect(counts(real)).toEqual([1, 0, 0, 1])
  })

  test('two rows with one key, a taken e-mail and an unknown program are errors of their rows', async () => {
    const [one, other] = [studentRow(), studentRow()]
    await importFile(w.registrar, 'students', csv([one]))
    const rows = [
      { ...other, program_code: '' },
      { ...other, program_code: '' },
      { ...studentRow({ email: one.email }), program_code: '' },
      { ...studentRow(), program_code: 'NOWHERE' },
      { ...studentRow({ email: other.email }), program_code: '' },
    ]
    for (const query of ['?dry_run=true', '']) {
      const answer = await importFile(w.registrar, 'students', csv(rows), { query })
      expect(counts(answer)).toEqual([1, 0, 0, 4])
      expect(problems(answer)).toEqual([
        [3, 'student_number', 'IMPORT_ROW_TWICE'],
        [4, 'email', 'STUDENT_EMAIL_TAKEN'],
        [5, 'program_code', 'IMPORT_REFERENCE_NOT_FOUND'],
        [6, 'email', 'IMPORT_VALUE_TWICE'],
      ])
    }
  })

  test('one that was deleted is to be restored, not entered twice', async () => {
    const { id, student_number, email } = await w.student()
    await w.registrar.delete(`/students/${id}`)
    const rows = [studentRow({ student_number }), studentRow({ email })]
    const answer = await importFile(w.registrar, 'students', csv(rows))
    expect(counts(answer)).toEqual([0, 0, 0, 2])
    expect(problems(answer)).toEqual([
      [2, 'student_number', 'IMPORT_ROW_DELETED'],
      [3, 'email', 'STUDENT_ARCHIVED'],
    ])
    expect(answer.data.errors[0]!.message).toBe(`A deleted row (id ${id}) has this key. Restore it first.`)
  })
})

describe('importing a catalog', () => {
  test('programs, courses, terms and sections find each other by their codes', async () => {
    const n = unique()
    const [program_code, course_code, term_code] = [`IP${n}`, `IC${n}`, `IT${n}`]
    const programs = csv(
      [{ code: program_code, title: 'Law; and order', credits_required: 240.5, grading_scheme: 'greek-20' }],
      ';',
    )
    const courses = csv([
      {
        code: course_code.toLowerCase(),
        title: 'Databases, "advanced"',
        credits: 7.5,
        program_code,
        absence_penalty: 0.33,
      },
    ])
    const terms = csv([
      {
        code: term_code,
        name: 'Autumn',
        start_date: '2026-10-01',
        end_date: '2027-02-15',
        enrollment_opens_at: '2026-09-01T09:00:00+03:00',
      },
    ])
    const sections = csv([{ course_code, term_code, number: 2, capacity: 45 }])
    for (const [entity, file] of Object.entries({ programs, courses, terms, sections })) {
      expect([entity, ...counts(await importFile(w.registrar, entity, file))]).toEqual([entity, 1, 0, 0, 0])
    }
    for (const [entity, file] of Object.entries({ programs, courses, terms, sections })) {
      expect([entity, ...counts(await importFile(w.registrar, entity, file))]).toEqual([entity, 0, 0, 1, 0])
    }
    expect(await found(`/programs?code=${program_code}`)).toMatchObject([
      { title: 'Law; and order', credits_required: 240.5, grading_scheme: 'greek-20', repeat_policy: 'best' },
    ])
    const [course] = await found(`/courses?code=${course_code}`)
    expect(course).toMatchObject({ title: 'Databases, "advanced"', credits: 7.5, absence_penalty: 0.33 })
    expect((await w.registrar.get(`/terms?code=${term_code}`)).data.items[0]!.enrollment_opens_at).toBe(
      '2026-09-01T06:00:00.000Z',
    )
    const [section] = await found(`/sections?course_id=${course!.id}`)
    expect(section).toMatchObject({ term_code, number: '2', capacity: 45, waitlist_capacity: 0, seats_taken: 0 })
    expect(await newestChanges('course', course!.id)).toMatchObject({
      credits: { new: 7.5 },
      absence_penalty: { new: 0.33 },
    })
  })

  test('a decimal that changes is audited as people write it', async () => {
    const course = await w.course({ credits: 6 })
    await importFile(w.registrar, 'courses', csv([{ code: course.code, title: course.title, credits: 7.5 }]))
    expect(await newestChanges('course', course.id)).toEqual({ credits: { old: 6, new: 7.5 } })
  })

  test('what the database refuses is an error of its row', async () => {
    const row = (fields: object) => ({
      code: `IT${unique()}`,
      name: 'X',
      start_date: '2026-10-01',
      end_date: '2027-02-15',
      ...fields,
    })
    const rows = [
      ...Array.from({ length: 9 }, () => row({})),
      row({ end_date: '2026-09-01' }),
      ...Array.from({ length: 9 }, () => row({})),
    ]
    const answer = await importFile(w.registrar, 'terms', csv(rows))
    expect(counts(answer)).toEqual([18, 0, 0, 1])
    expect(problems(answer)).toEqual([[11, 'end_date', 'TERM_DATES_INVALID']])
    const scheme = await importFile(
      w.registrar,
      'programs',
      csv([{ code: `IP${unique()}`, title: 'X', grading_scheme: 'none' }]),
    )
    expect(problems(scheme)).toEqual([[2, 'grading_scheme', 'PROGRAM_SCHEME_NOT_FOUND']])
  })

  test('a term whose dates do not hold together is refused by its field, also against what the file leaves out', async () => {
    const [code, kept] = [`IT${unique()}`, await w.term({ drop_deadline: '2026-12-01' })]
    const dates = { name: 'X', start_date: '2026-10-01', end_date: '2027-02-15' }
    const long = csv([{ code, ...dates, withdraw_deadline: '2027-03-01' }])
    expect(problems(await importFile(w.registrar, 'terms', long))).toEqual([
      [2, 'withdraw_deadline', 'TERM_DATES_INVALID'],
    ])
    const short = csv([{ code: kept.code, ...dates, end_date: '2026-11-15' }])
    const answer = await importFile(w.registrar, 'terms', short)
    expect(problems(answer)).toEqual([[2, 'drop_deadline', 'TERM_DATES_INVALID']])
    const { items } = (await w.registrar.get(`/imports/${answer.data.id}/errors`)).data
    expect(items[0]!.message).toBe('The last day to drop lies inside the term.')
    expect((await w.registrar.get(`/terms/${kept.id}`)).data).toEqual(kept)
  })

  test('in an atomic import what the database refuses is found, and nothing is written', async () => {
    const row = (end_date: string) => ({ code: `IT${unique()}`, name: 'X', start_date: '2026-10-01', end_date })
    const rows = [row('2027-02-15'), row('2026-09-01'), row('2027-02-15')]
    const before = [await countRows('term'), await countRows('audit_log')]
    const answer = await importFile(w.registrar, 'terms', csv(rows), { query: '?atomic=true' })
    expect([counts(answer), problems(answer)]).toEqual([[0, 0, 2, 1], [[3, 'end_date', 'TERM_DATES_INVALID']]])
    expect([await countRows('term'), await countRows('audit_log')]).toEqual(before)
  })
})

describe('an import that changes much', () => {
  const sent = (rows: Record<string, unknown>[], query = '') => importFile(w.registrar, 'courses', csv(rows), { query })
  const titles = (codes: string[], title: string) => codes.map((code) => ({ code, title, credits: 5 }))

  test('needs a second word; creating does not', async () => {
    const codes = Array.from({ length: 30 }, () => `IX${unique()}`)
    expect(counts(await sent(titles(codes, 'Old')))).toEqual([30, 0, 0, 0])
    expect(counts(await sent(titles(codes.slice(0, 20), 'New')))).toEqual([0, 20, 0, 0])
    const before = [await countRows('audit_log'), await countRows('import_job'), await countRows('import_row')]
    const refused = await sent(titles(codes, 'Newer'))
    expect([refused.status, refused.error?.code]).toEqual([409, 'IMPORT_NEEDS_CONFIRMATION'])
    expect(refused.error?.details).toMatchObject({ created: 0, updated: 30, skipped: 0, failed: 0 })
    expect([await countRows('audit_log'), await countRows('import_job'), await countRows('import_row')]).toEqual(before)
    expect(counts(await sent(titles(codes, 'Newer'), '?dry_run=true'))).toEqual([0, 30, 0, 0])
    expect(counts(await sent(titles(codes, 'Newer'), '?confirm=true'))).toEqual([0, 30, 0, 0])
  })
})
