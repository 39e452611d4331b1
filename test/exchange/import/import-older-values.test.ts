import { beforeAll, describe, expect, test } from 'vitest'
import { execute } from '../../grading/graded-section.ts'
import { unique, type World, world } from '../../world.ts'
import { underWay } from '../../under-way.ts'
import { counts, csv, importFile, ndjson, problems } from './files.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

type Row = Record<string, unknown>
interface Old {
  entity: string
  /** A line that repeats what is there, a value of before its rule included. */
  line: Row
  column: string
  /** What the line may change beside it. */
  change: Row
}

async function ofStudent(column: string, value: string): Promise<Old> {
  const { id, student_number } = await w.student()
  await execute(`update student set ${column} = ? where id = ?`, value, id)
  const line = { student_number: column === 'student_number' ? value : student_number, [column]: value }
  if (column === 'student_number') await execute('update student set number_key = ? where id = ?', value, id)
  return { entity: 'students', line, column, change: { study_year: 3 } }
}

async function ofCode(entity: 'programs' | 'courses' | 'terms', table: string, id: number): Promise<Old> {
  const value = `?${id}`
  await execute(`update ${table} set code = ?, code_key = ? where id = ?`, value, value, id)
  return { entity, line: { code: value }, column: 'code', change: entity === 'terms' ? { name: 'X' } : { title: 'X' } }
}

async function seated(student: Row & { id: number }) {
  const section = await w.section({ term_id: (await w.term(underWay)).id })
  await w.enroll(section.id, student.id)
  const { course_code, term_code, number: section_number } = section
  return { section, line: { course_code, term_code, section_number, student_number: student.student_number } }
}

async function ofOddNumber() {
  const student = await w.student()
  const value = `#${unique()}`
  await execute('update student set student_number = ?, number_key = ? where id = ?', value, value, student.id)
  return seated({ ...student, student_number: value })
}

/** Values that no line may bring anew, and a line about the row that has them. */
const ofBefore: Record<string, () => Promise<Old>> = {
  'a Latin name in Greek letters': () => ofStudent('latin_name', 'Μαρία Παπαδοπούλου'),
  'a phone without enough digits': () => ofStudent('phone', '21012'),
  'a name with a link': () => ofStudent('father_name', 'http://example.org'),
  'an e-mail that is none': () => ofStudent('email', `old${unique()} at example`),
  'a day of enrollment to come': () => ofStudent('enrollment_date', '2199-01-01'),
  'a student number with signs': () => ofStudent('student_number', `#${unique()}`),
  'a program code with signs': async () => ofCode('programs', 'program', (await w.program()).id),
  'a course code with signs': async () => ofCode('courses', 'course', (await w.course()).id),
  'a term code with signs': async () => ofCode('terms', 'term', (await w.term()).id),
  'a program that is called so': async () => {
    const [{ id, student_number }, program] = [await w.student(), await w.program()]
    await execute('update student set program_id = ? where id = ?', program.id, id)
    const { line } = await ofCode('programs', 'program', program.id)
    const named = { student_number, program_code: line['code'] }
    return { entity: 'students', line: named, column: 'program_code', change: { study_year: 3 } }
  },
  'a section whose number has signs': async () => {
    const { id, course_code, term_code } = await w.section()
    await execute('update section set number = ?, number_key = ? where id = ?', '?1', '?1', id)
    const line = { course_code, term_code, number: '?1' }
    return { entity: 'sections', line, column: 'number', change: { capacity: 77 } }
  },
  'a seat of a student who is called so': async () => ({
    entity: 'enrollments',
    ...(await ofOddNumber()),
    column: 'student_number',
    change: { member_until: underWay.end_date },
  }),
  'a day of attendance to come': async () => {
    const { section, line } = await seated(await w.student())
    const day = underWay.start_date
    const row = { ...line, date: day, status: 'present' }
    await importFile(w.registrar, 'attendance', csv([row]))
    const later = underWay.end_date
    await execute('update attendance set date = ? where section_id = ?', later, section.id)
    return { entity: 'attendance', line: { ...row, date: later }, column: 'date', change: { status: 'absent' } }
  },
  'work whose title has two lines': async () => {
    const { section, line } = await seated(await w.student())
    const { course_code, term_code, section_number } = line
    const { id } = await w.assessment(section.id, { title: 'Essay', weight: 1 })
    await execute('update assessment set title = ? where id = ?', 'Essay\tlong', id)
    const named = { course_code, term_code, section_number, title: 'Essay\tlong' }
    return { entity: 'assessments', line: named, column: 'title', change: { weight: 2 } }
  },
  'a score of a student who is called so': async () => {
    const { section, line } = await ofOddNumber()
    await w.assessment(section.id, { title: 'Exam', weight: 1 })
    const row = { ...line, assessment_title: 'Exam', state: 'missing' }
    await importFile(w.registrar, 'scores', csv([row]))
    return { entity: 'scores', line: row, column: 'student_number', change: { state: 'excused' } }
  },
}

describe.each(Object.keys(ofBefore))('%s, from before its rule', (what) => {
  test.each(['csv', 'ndjson'])('stays when a line repeats it, alone and beside a change, as %s', async (format) => {
    const { entity, line, change, column } = await ofBefore[what]!()
    const send = (row: Row) =>
      format === 'csv'
        ? importFile(w.registrar, entity, csv([row]))
        : importFile(w.registrar, entity, ndjson([row]), { type: 'application/x-ndjson' })
    const again = await send(line)
    expect([problems(again), counts(again)]).toEqual([[], [0, 0, 1, 0]])
    const beside = await send({ ...line, ...change })
    expect([problems(beside), counts(beside)]).toEqual([[], [0, 1, 0, 0]])
    const other = column === 'date' || column === 'enrollment_date' ? '2199-01-02' : `${String(line[column])}//\t`
    expect((await send({ ...line, ...change, [column]: other })).data.failed).toBe(1)
  })
})

test('what is wrong beside a value of before is told, and the value is not', async () => {
  const { line } = await ofStudent('latin_name', 'Μαρία')
  const wrong = { ...line, study_year: 13 }
  expect(problems(await importFile(w.registrar, 'students', csv([wrong])))).toEqual([[2, 'study_year', 'too_big']])
})

test('two lines about one row with a number of before are told that they are one', async () => {
  const { line } = await ofStudent('student_number', `#${unique()}`)
  expect(problems(await importFile(w.registrar, 'students', csv([line, line])))).toEqual([
    [3, 'student_number', 'IMPORT_ROW_TWICE'],
  ])
})
