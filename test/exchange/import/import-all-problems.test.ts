import { beforeAll, expect, test } from 'vitest'
import { type World, world } from '../../world.ts'
import { counts, csv, importFile, problems } from './files.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const sent = (entity: string, rows: Record<string, unknown>[]) => importFile(w.registrar, entity, csv(rows))

test('a student of a file is told everything at once: the form, what is unknown and what is taken', async () => {
  const [holder, there] = [await w.student(), await w.student()]
  const sound = {
    student_number: 'AP-1',
    first_name: 'Ζωή',
    last_name: 'Ράλλη',
    email: 'ap1@lyceum.test',
    date_of_birth: '2001-05-05',
    enrollment_date: '2025-09-01',
    phone: '',
    program_code: '',
  }
  const wrong = { phone: 'none', program_code: 'NO-SUCH', email: holder.email, date_of_birth: '1850-01-01' }
  const answer = await sent('students', [
    sound,
    { ...sound, student_number: 'AP-2', ...wrong },
    // The same of a row that is there; its number is well-formed, so that it is known.
    { ...sound, student_number: there.student_number, ...wrong },
    // Whose row it is cannot be known.
    { ...sound, student_number: 'x'.repeat(31), email: holder.email, phone: 'none' },
  ])
  expect(counts(answer)).toEqual([1, 0, 0, 3])
  const all = (line: number, email: string) => [
    [line, 'date_of_birth', 'BIRTH_DATE_UNLIKELY'],
    [line, 'email', email],
    [line, 'phone', 'invalid_format'],
    [line, 'program_code', 'IMPORT_REFERENCE_NOT_FOUND'],
  ]
  expect(problems(answer).toSorted()).toEqual([
    ...all(3, 'STUDENT_EMAIL_TAKEN'),
    ...all(4, 'IMPORT_VALUE_TWICE'),
    [5, 'email', 'IMPORT_VALUE_TWICE'],
    [5, 'phone', 'invalid_format'],
    [5, 'student_number', 'too_long'],
  ])
})

test('a score of a file is told everything at once, and nothing that follows from what is wrong by itself', async () => {
  const section = await w.section()
  const { course_code, term_code, number: section_number } = section
  const [seated, stranger] = [await w.student(), await w.student()]
  await w.enroll(section.id, seated.id)
  await w.assessment(section.id, { title: 'Exam', max_score: 20 })
  const row = { course_code, term_code, section_number, assessment_title: 'Exam', score: 10, state: 'graded' }
  const answer = await sent('scores', [
    { ...row, student_number: seated.student_number },
    { ...row, student_number: stranger.student_number, score: 21 },
    { ...row, student_number: 'NOBODY', state: 'lost', score: 21 },
    { ...row, student_number: stranger.student_number, course_code: 'NO-SUCH', score: 'ten' },
  ])
  expect(counts(answer)).toEqual([1, 0, 0, 3])
  expect(problems(answer).toSorted()).toEqual([
    [3, 'score', 'SCORE_EXCEEDS_MAX'],
    [3, 'student_number', 'NOT_ENROLLED'],
    [4, 'score', 'SCORE_EXCEEDS_MAX'],
    [4, 'state', 'not_one_of'],
    [4, 'student_number', 'IMPORT_REFERENCE_NOT_FOUND'],
    [5, 'course_code', 'IMPORT_REFERENCE_NOT_FOUND'],
    [5, 'score', 'wrong_type'],
  ])
})

test('two lines of one seat that are wrong in themselves are told that they are one; two of which nobody can say whose they are, are not', async () => {
  const { course_code, term_code, number: section_number } = await w.section()
  const { student_number } = await w.student()
  const row = { course_code, term_code, section_number, student_number, enrolled_at: '2025-09-10' }
  const answer = await sent('enrollments', [
    { ...row, status: 'asleep' },
    { ...row, status: 'awake' },
  ])
  expect(problems(answer)).toEqual([
    [2, 'status', 'not_one_of'],
    [3, 'status', 'not_one_of'],
    [3, null, 'IMPORT_ROW_TWICE'],
  ])
  const nameless = { ...row, status: 'enrolled', student_number: 'x'.repeat(31) }
  expect(problems(await sent('enrollments', [nameless, nameless]))).toEqual([
    [2, 'student_number', 'too_long'],
    [3, 'student_number', 'too_long'],
  ])
  // Without a number it would be the first section.
  const sound = { ...row, section_number, status: 'enrolled' }
  const answers = await sent('enrollments', [{ ...sound, section_number: 'x'.repeat(60) }, sound])
  expect([section_number, counts(answers), problems(answers)]).toEqual([
    '1',
    [1, 0, 0, 1],
    [[2, 'section_number', 'too_long']],
  ])
})

test('a section of a file is told that its scheme is unknown beside a capacity that cannot be', async () => {
  const { course_code, term_code } = await w.section()
  const row = { course_code, term_code, number: '7', capacity: 3, grading_scheme: 'no-such-scheme' }
  expect(problems(await sent('sections', [row, { ...row, number: '8', capacity: -1 }])).toSorted()).toEqual([
    [2, 'grading_scheme', 'SECTION_SCHEME_NOT_FOUND'],
    [3, 'capacity', 'too_small'],
    [3, 'grading_scheme', 'SECTION_SCHEME_NOT_FOUND'],
  ])
})
