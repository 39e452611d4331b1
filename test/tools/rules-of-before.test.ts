import { beforeAll, expect, test } from 'vitest'
import { at, databaseOfBefore, stamps } from './database-of-before.ts'

/** A database from before numbers, seats, dates and figures had the rules of today, with a row against each, brought up to date. */
const { exec, migrate, all } = databaseOfBefore()
let before: Record<string, unknown>
let after: Record<string, unknown>

const tables = [
  'program',
  'course',
  'term',
  'section',
  'student',
  'enrollment',
  'attendance',
  'assessment',
  'score',
  'result',
]
const counts = () =>
  Object.fromEntries(tables.map((name) => [name, all(`select count(*) as rows from ${name}`)[0]!['rows']]))

beforeAll(() => {
  migrate((number) => number < 52)
  exec(`
    insert into program (id, code, title, grading_scheme, search_text, created_at, updated_at)
      values (1, 'P', 'P', 'greek-10', '', ${stamps}), (2, 'Ρ', 'Greek', 'letters', '', ${stamps});
    insert into course (id, code, title, credits, search_text, created_at, updated_at)
      values (1, 'MATH', 'M', 50, '', ${stamps}), (2, 'ΜΑΤΗ', 'Greek', 50, '', ${stamps}), (3, 'LAW', 'L', 50, '', ${stamps});
    insert into term (id, code, name, start_date, end_date, drop_deadline, created_at, updated_at)
      values (1, '26W', 'W', '2025-10-01', '2026-06-01', '2027-01-01', ${stamps}), (2, 'LONG', 'L', '2020-01-01', '2026-06-01', null, ${stamps});
    insert into section (id, course_id, term_id, number, capacity, created_at, updated_at)
      values (1, 1, 1, 'A', 30, ${stamps}), (2, 1, 1, 'B', 30, ${stamps}), (3, 3, 2, 'C', 1, ${stamps});
    insert into student (id, student_number, first_name, last_name, email, enrollment_date, date_of_birth, search_text, created_at, updated_at)
      values (1, 'AB1', 'N', 'L', '1@x', '2025-09-01', null, '', ${stamps}), (2, 'ΑΒ1', 'N', 'L', '2@x', '2025-09-01', null, '', ${stamps}),
        (3, 'ab1', 'N', 'L', '3@x', '2025-09-01', null, '', ${stamps}), (4, '0042', 'N', 'L', '4@x', '2025-09-01', '1850-01-01', '', ${stamps}),
        (5, '42', 'N', 'L', '5@x', '2025-09-01', '2024-01-01', '', ${stamps});
    insert into enrollment (id, section_id, student_id, enrolled_at, created_at, updated_at)
      values (1, 1, 1, ${at}, ${stamps}), (2, 2, 1, ${at}, ${stamps}), (3, 1, 2, ${at}, ${stamps});
    insert into enrollment (id, section_id, student_id, status, enrolled_at, ended_at, created_at, updated_at)
      values (4, 1, 3, 'dropped', ${at}, '2026-02-01T09:00:00.000Z', ${stamps}), (5, 3, 4, 'completed', ${at}, '2026-05-01T00:00:00.000Z', ${stamps});
    insert into attendance (id, section_id, student_id, date, period, status, created_at, updated_at)
      values (1, 1, 1, '2025-10-05', 1, 'late', ${stamps}), (2, 1, 2, '2025-11-05', 1, 'excused', ${stamps});
    insert into assessment (id, section_id, type, title, weight, max_score, created_at, updated_at) values (1, 1, 'quiz', 'Q', 10000, 1000, ${stamps});
    insert into score (id, assessment_id, student_id, score, state, created_at, updated_at) values (1, 1, 1, 499, 'graded', ${stamps}), (2, 1, 2, 900, 'graded', ${stamps});
    insert into result (id, student_id, section_id, outcome, percentage, letter, points, value, credits, created_at, updated_at)
      values (1, 1, 1, 'fail', 4990, 'F', 0, 4990, 50, ${stamps}), (2, 2, 1, 'pass', 9000, 'A-', 360, 9000, 50, ${stamps});
    update result set state = 'published', published_at = ${at} where id = 1;
  `)
  before = counts()
  migrate((number) => number >= 52)
  after = counts()
})

test('no row is lost, and every reference leads somewhere', () => {
  expect(after).toEqual(before)
  expect(all('pragma foreign_key_check')).toEqual([])
})

test('what breaks a new uniqueness is kept, apart from it', () => {
  expect(all('select id, number_key, legacy from student order by id')).toEqual([
    { id: 1, number_key: 'AB1', legacy: 0 },
    { id: 2, number_key: 'AB1', legacy: 1 },
    { id: 3, number_key: 'AB1', legacy: 1 },
    { id: 4, number_key: '0042', legacy: 0 },
    { id: 5, number_key: '42', legacy: 0 },
  ])
  expect(all('select id, code, code_key, legacy from course order by id')).toEqual([
    { id: 1, code: 'MATH', code_key: 'MATH', legacy: 0 },
    { id: 2, code: 'ΜΑΤΗ', code_key: 'MATH', legacy: 1 },
    { id: 3, code: 'LAW', code_key: 'LAW', legacy: 0 },
  ])
  expect(all("select id, legacy from enrollment where status <> 'dropped' order by id")).toEqual([
    { id: 1, legacy: 0 },
    { id: 2, legacy: 1 },
    { id: 3, legacy: 0 },
    { id: 5, legacy: 0 },
  ])
})

test('seats get course, term and days, and an official result completes its own', () => {
  expect(
    all('select id, course_id, term_id, standing, member_from, member_until from live_enrollment order by id'),
  ).toEqual([
    { id: 1, course_id: 1, term_id: 1, standing: 'completed', member_from: '2025-10-01', member_until: null },
    { id: 2, course_id: 1, term_id: 1, standing: 'enrolled', member_from: '2025-10-01', member_until: null },
    { id: 3, course_id: 1, term_id: 1, standing: 'enrolled', member_from: '2025-10-01', member_until: null },
    { id: 4, course_id: 1, term_id: 1, standing: 'dropped', member_from: '2025-10-01', member_until: '2026-02-01' },
    { id: 5, course_id: 3, term_id: 2, standing: 'completed', member_from: '2020-01-01', member_until: null },
  ])
})

test('an issued result stays as issued, with what its section was called', () => {
  expect(all('select id, state, percentage, letter, value, code, title, credits from result order by id')).toEqual([
    { id: 1, state: 'published', percentage: 4990, letter: 'F', value: 4990, code: 'MATH', title: 'M', credits: 50 },
    { id: 2, state: 'draft', percentage: 9000, letter: 'A-', value: 9000, code: null, title: null, credits: 50 },
  ])
})

test('every row against a rule of today is a finding', () => {
  expect(all('select kind, id from legacy_finding order by kind, id')).toEqual([
    { kind: 'birth_date', id: 4 },
    { kind: 'birth_date', id: 5 },
    { kind: 'second_seat', id: 2 },
    { kind: 'term_dates', id: 1 },
    { kind: 'term_dates', id: 2 },
    { kind: 'twin_course', id: 2 },
    { kind: 'twin_program', id: 2 },
    { kind: 'twin_student', id: 2 },
    { kind: 'twin_student', id: 3 },
  ])
})
