import { beforeAll, describe, expect, test } from 'vitest'
import { auditRows, countRows, type World, world } from '../../world.ts'
import { counts, csv, importFile, problems } from './files.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

/** A section of a term that has begun, with the fields by which a file names it. */
async function place(fields: { capacity?: number; term?: object } = {}) {
  const { term: termFields, ...sectionFields } = fields
  const [course, term] = [
    await w.course(),
    await w.term({ start_date: '2025-09-01', end_date: '2026-02-15', ...termFields }),
  ]
  const section = await w.section({ course_id: course.id, term_id: term.id, ...sectionFields })
  const named = { course_code: course.code as string, term_code: term.code as string, section_number: '1' }
  return { section, term, named }
}

const people = (count: number) => Promise.all(Array.from({ length: count }, () => w.student()))
const seatRow = (named: object, { student_number }: Record<string, unknown>, fields: object = {}) => ({
  ...named,
  student_number,
  enrolled_at: '2025-09-10',
  status: 'enrolled',
  ended_at: '',
  ...fields,
})
const left = { status: 'withdrawn', ended_at: '2025-11-01T10:00:00+02:00' }
const sent = (entity: string, rows: Record<string, unknown>[], query = '') =>
  importFile(w.registrar, entity, csv(rows), { query })
const seatsOf = async (id: number) => (await w.registrar.get(`/enrollments?section_id=${id}`)).data.items

describe('importing enrollments', () => {
  test('takes state and dates, and counts the seats', async () => {
    const { section, named } = await place()
    const [a, b] = await people(2)
    const rows = [seatRow(named, a!), seatRow(named, b!, left)]
    expect(counts(await sent('enrollments', rows))).toEqual([2, 0, 0, 0])
    expect(await seatsOf(section.id)).toMatchObject([
      { status: 'enrolled', enrolled_at: '2025-09-10T00:00:00.000Z', ended_at: null },
      { status: 'withdrawn', ended_at: '2025-11-01T08:00:00.000Z' },
    ])
    expect((await w.registrar.get(`/sections/${section.id}`)).data.seats_taken).toBe(1)
    expect(counts(await sent('enrollments', rows))).toEqual([0, 0, 2, 0])
  })

  test('ends a seat and never revives one', async () => {
    const { section, named } = await place()
    const [a] = await people(1)
    await sent('enrollments', [seatRow(named, a!)])
    expect(counts(await sent('enrollments', [seatRow(named, a!, left)]))).toEqual([0, 1, 0, 0])
    const [seat] = await seatsOf(section.id)
    expect(JSON.parse((await auditRows('enrollment', seat!.id))[0]!.changes)).toEqual({
      status: { old: 'enrolled', new: 'withdrawn' },
      ended_at: { old: null, new: '2025-11-01T08:00:00.000Z' },
    })
    for (const again of [{}, { status: 'completed', ended_at: '2026-02-01' }]) {
      const answer = await sent('enrollments', [seatRow(named, a!, again)])
      expect(problems(answer)).toEqual([[2, 'status', 'ENROLLMENT_ENDED']])
    }
    expect((await seatsOf(section.id))[0]!.status).toBe('withdrawn')
  })

  test('never overbooks: the first rows of the file get the seats, and those that leave free theirs', async () => {
    const { section, named } = await place({ capacity: 2 })
    const [a, b, c, d] = await people(4)
    await sent('enrollments', [seatRow(named, a!)])
    const rows = [seatRow(named, b!), seatRow(named, c!), seatRow(named, d!), seatRow(named, a!, left)]
    for (const query of ['?dry_run=true', '']) {
      const answer = await sent('enrollments', rows, query)
      expect(counts(answer)).toEqual([2, 1, 0, 1])
      expect(answer.data.errors).toMatchObject([
        { line: 4, code: 'SECTION_FULL', message: expect.stringContaining('(2). Raise its capacity') },
      ])
    }
    expect((await w.registrar.get(`/sections/${section.id}`)).data.seats_taken).toBe(2)
  })

  test('a section keeps the seats that are taken', async () => {
    const { named } = await place({ capacity: 2 })
    const [a, b] = await people(2)
    await sent('enrollments', [seatRow(named, a!), seatRow(named, b!)])
    const { course_code, term_code } = named
    const row = (capacity: number) => ({ course_code, term_code, number: '1', capacity })
    expect(problems(await sent('sections', [row(1)]))).toEqual([[2, 'capacity', 'SECTION_CAPACITY_BELOW_SEATS']])
    expect(counts(await sent('sections', [row(3)]))).toEqual([0, 1, 0, 0])
  })

  test('one seat for each student and section, none in a closed term, none of nobody', async () => {
    const { named, term } = await place()
    const [a] = await people(1)
    await sent('enrollments', [seatRow(named, a!)])
    const twice = await sent('enrollments', [seatRow(named, a!, { enrolled_at: '2025-09-11' })])
    expect(problems(twice)).toEqual([[2, 'student_number', 'ALREADY_ENROLLED']])
    const nobody = await sent('enrollments', [
      seatRow(named, { student_number: 'NOBODY' }),
      seatRow({ ...named, section_number: '7' }, a!),
    ])
    expect(problems(nobody)).toEqual([
      [2, 'student_number', 'IMPORT_REFERENCE_NOT_FOUND'],
      [3, 'section_number', 'IMPORT_REFERENCE_NOT_FOUND'],
    ])
    await w.registrar.post(`/terms/${term.id}/close`)
    const closed = await sent('enrollments', [seatRow(named, (await people(1))[0]!)])
    expect(closed.data.errors).toMatchObject([
      {
        code: 'TERM_CLOSED',
        message: `The term ${named.term_code} is closed and takes no enrollments. Choose a section of an open term.`,
      },
    ])
  })

  test('an end belongs to what has ended, and comes after the beginning', async () => {
    const { named } = await place()
    const [a, b, c] = await people(3)
    const rows = [
      seatRow(named, a!, { status: 'withdrawn' }),
      seatRow(named, b!, { ended_at: '2025-10-01' }),
      seatRow(named, c!, { status: 'dropped', ended_at: '2025-09-01' }),
    ]
    expect(problems(await sent('enrollments', rows))).toEqual([
      [2, 'ended_at', 'IMPORT_END_MISMATCH'],
      [3, 'ended_at', 'IMPORT_END_MISMATCH'],
      [4, 'ended_at', 'IMPORT_END_BEFORE_START'],
    ])
  })
})

describe('importing attendance', () => {
  test('keeps the rules of the roster', async () => {
    const { named } = await place()
    const [a, stranger] = await people(2)
    await sent('enrollments', [seatRow(named, a!)])
    const row = (fields: object) => ({
      ...named,
      student_number: a!.student_number,
      date: '2025-10-01',
      period: '',
      status: 'Absent',
      ...fields,
    })
    const rows = [
      row({}),
      row({ period: 2, status: 'present' }),
      row({ date: '2026-03-01' }),
      row({ date: '2999-01-01' }),
      row({ student_number: stranger!.student_number }),
      row({ period: 3, status: 'asleep' }),
      row({ period: 1 }),
    ]
    const answer = await sent('attendance', rows)
    expect(counts(answer)).toEqual([2, 0, 0, 5])
    expect(problems(answer)).toEqual([
      [4, 'date', 'ATTENDANCE_OUTSIDE_TERM'],
      [5, 'date', 'ATTENDANCE_IN_FUTURE'],
      [6, 'student_number', 'NOT_ENROLLED'],
      [7, 'status', 'not_one_of'],
      [8, null, 'IMPORT_ROW_TWICE'],
    ])
    expect((await w.registrar.get(`/attendance?student_id=${a!.id}`)).data.items).toMatchObject([
      { period: 1, status: 'absent', recorded_by: w.registrar.userId },
      { period: 2, status: 'present' },
    ])
  })
})

test('a record of attendance of which the note alone changed is imported as a change', async () => {
  const { named } = await place()
  const [student] = await people(1)
  await sent('enrollments', [seatRow(named, student!)])
  const row = { ...named, student_number: student!.student_number, date: '2025-10-01', status: 'absent' }
  expect(counts(await sent('attendance', [{ ...row, note: 'Ill' }]))).toEqual([1, 0, 0, 0])
  expect(counts(await sent('attendance', [{ ...row, note: 'On strike' }]))).toEqual([0, 1, 0, 0])
  expect(counts(await sent('attendance', [row]))).toEqual([0, 0, 1, 0])
  const { items } = (await w.registrar.get(`/attendance?student_id=${student!.id}`)).data
  expect(items).toMatchObject([{ status: 'absent', note: 'On strike', version: 2 }])
})

describe('importing assessments and scores', () => {
  async function graded() {
    const { section, named } = await place()
    const students = await people(3)
    await sent('enrollments', [seatRow(named, students[0]!), seatRow(named, students[1]!, left)])
    const category = await w.category(section.id, { name: 'Έργα', weight: 40 })
    const work = (fields: object) => ({
      ...named,
      type: 'assignment',
      max_score: 20,
      released: 'true',
      category_name: '',
      ...fields,
    })
    const answer = await sent('assessments', [
      work({ title: 'Essay', weight: 33.33, category_name: category.name }),
      work({ title: 'Exam', weight: 70 }),
      work({ title: 'Too much', weight: 30.01 }),
      work({ title: 'Nowhere', weight: 1, category_name: 'None' }),
    ])
    return { section, named, students, answer, category }
  }

  test('puts assessments into categories and keeps weights within 100', async () => {
    const { section, answer, category } = await graded()
    expect(counts(answer)).toEqual([2, 0, 0, 2])
    expect(problems(answer)).toEqual([
      [4, 'weight', 'WEIGHT_EXCEEDED'],
      [5, 'category_name', 'IMPORT_REFERENCE_NOT_FOUND'],
    ])
    expect(answer.data.errors[0]!.message).toBe('Total weight for section cannot exceed 100%. Current total: > 100%')
    const { items } = (await w.registrar.get(`/assessments?section_id=${section.id}`)).data
    expect(items).toMatchObject([
      { title: 'Essay', weight: 33.33, category_id: category.id, max_score: 20, released: true },
      { title: 'Exam', weight: 70, category_id: null },
    ])
  })

  test('missing is not zero, and those who left keep their scores', async () => {
    const { section, named, students } = await graded()
    const [stays, leaves, stranger] = students.map(({ student_number }) => student_number)
    const row = (student_number: unknown, fields: object) => ({
      ...named,
      assessment_title: 'Exam',
      student_number,
      state: 'graded',
      ...fields,
    })
    const rows = [
      row(stays, { score: 0 }),
      row(leaves, { score: 13.25 }),
      row(stranger, { score: 5 }),
      { ...row(stays, { score: '' }), assessment_title: 'Essay', state: 'missing' },
      { ...row(leaves, { score: '' }), assessment_title: 'Essay' },
      row(stays, { score: 1 }),
    ]
    const answer = await sent('scores', rows)
    expect(counts(answer)).toEqual([3, 0, 0, 3])
    expect(problems(answer)).toEqual([
      [4, 'student_number', 'NOT_ENROLLED'],
      [6, 'score', 'SCORE_STATE_MISMATCH'],
      [7, null, 'IMPORT_ROW_TWICE'],
    ])
    const { items } = (await w.registrar.get(`/assessment-scores?section_id=${section.id}`)).data
    expect(items).toMatchObject([
      { score: 0, state: 'graded', graded_by: w.registrar.userId },
      { score: 13.25, state: 'graded' },
      { score: null, state: 'missing' },
    ])
    expect(counts(await sent('scores', rows.slice(0, 2)))).toEqual([0, 0, 2, 0])
    expect(counts(await sent('scores', [row(stays, { score: 19.99 })]))).toEqual([0, 1, 0, 0])
  })

  test('no score above the maximum, with three decimals, or for what is not there', async () => {
    const { named, students } = await graded()
    const row = (fields: object) => ({
      ...named,
      assessment_title: 'Exam',
      student_number: students[0]!.student_number,
      score: 10,
      ...fields,
    })
    const answer = await sent('scores', [
      row({ score: 20.01 }),
      row({ score: 1.005, student_number: students[1]!.student_number }),
      row({ score: -1 }),
      row({ assessment_title: 'Oral' }),
    ])
    expect(problems(answer)).toEqual([
      [2, 'score', 'SCORE_EXCEEDS_MAX'],
      [3, 'score', 'too_precise'],
      [4, 'score', 'too_small'],
      [4, null, 'IMPORT_ROW_TWICE'],
      [5, 'assessment_title', 'IMPORT_REFERENCE_NOT_FOUND'],
    ])
    expect(answer.data.errors[0]!.message).toBe('Score (20.01) cannot exceed max_score (20)')
  })

  test('two assessments with one title cannot be told apart', async () => {
    const { section, named, students } = await graded()
    await w.assessment(section.id, { title: 'Exam', weight: 1 })
    const score = { ...named, assessment_title: 'Exam', student_number: students[0]!.student_number, score: 10 }
    expect(problems(await sent('scores', [score]))).toEqual([[2, 'assessment_title', 'IMPORT_AMBIGUOUS']])
    const work = { ...named, title: 'Exam', type: 'final', weight: 2 }
    expect(problems(await sent('assessments', [work]))).toEqual([[2, 'title', 'IMPORT_AMBIGUOUS']])
  })

  test('the front door still grades only who sits in the section', async () => {
    const { section, students } = await graded()
    const { items } = (await w.registrar.get(`/assessments?section_id=${section.id}`)).data
    const answer = await w.registrar.post('/assessment-scores', {
      assessment_id: items[0]!.id,
      student_id: students[1]!.id,
      score: 1,
    })
    expect([answer.status, answer.error?.code]).toEqual([400, 'NOT_ENROLLED'])
    expect(await countRows('import_writing')).toBe(0)
  })
})
