import { beforeAll, expect, test } from 'vitest'
import { at, databaseOfBefore, stamps } from './database-of-before.ts'

/** A database of before, with what the rules of today would not let in. */
const { exec, migrate, all } = databaseOfBefore()

beforeAll(() => {
  migrate((n) => n < 68)
  exec(`
    insert into course (id, code, title, credits, search_text, created_at, updated_at) values (1, 'MATH', 'M', 50, '', ${stamps}), (2, 'LAW', 'L', 50, '', ${stamps});
    insert into program (id, code, title, grading_scheme, search_text, created_at, updated_at) values (1, 'P', 'P', 'greek-10', '', ${stamps});
    insert into term (id, code, name, start_date, end_date, created_at, updated_at) values (1, '26W', 'W', '2026-01-01', '2026-06-01', ${stamps});
    insert into section (id, course_id, term_id, number, capacity, created_at, updated_at)
      values (1, 1, 1, 'A', 30, ${stamps}), (2, 1, 1, 'B', 30, ${stamps}), (3, 2, 1, 'C', 1, ${stamps});
    insert into assessment (id, section_id, type, title, weight, max_score, created_at, updated_at)
      values (1, 1, 'quiz', 'Q', 10000, 1000, ${stamps}), (2, 2, 'quiz', 'Q', 10000, 1000, ${stamps});
  `)
  for (let id = 1; id <= 8; id += 1)
    exec(`insert into student (id, student_number, number_key, legacy, first_name, last_name, email, enrollment_date, search_text, created_at, updated_at)
      values (${id}, 'S${id}', iif(${id} = 2, 'S1', 'S${id}'), ${id} = 2, 'N', 'L', 's${id}@x', '2025-09-01', '', ${stamps})`)
  exec(`
    -- 1 and 2 have results, 3 has moved, 4 has dropped and come back on another day, 5 and 6 come from a file, 7 has left, 8 sits twice.
    insert into enrollment (id, section_id, student_id, enrolled_at, created_at, updated_at)
      values (1, 1, 1, ${at}, ${stamps}), (2, 1, 2, ${at}, ${stamps}), (3, 1, 3, ${at}, ${stamps}), (4, 1, 4, ${at}, ${stamps}), (7, 1, 7, ${at}, ${stamps}), (8, 1, 8, ${at}, ${stamps});
    insert into score (id, assessment_id, student_id, score, state, created_at, updated_at) values (1, 1, 3, 900, 'graded', ${stamps});
    update enrollment set status = 'dropped', ended_at = '2026-02-01T09:00:00.000Z' where id in (3, 4);
    insert into enrollment (id, section_id, student_id, enrolled_at, created_at, updated_at)
      values (13, 2, 3, '2026-02-01T09:00:00.000Z', '2026-02-01T09:00:00.000Z', ${at}), (14, 2, 4, '2026-02-02T09:00:00.000Z', '2026-02-02T09:00:00.000Z', ${at});
    insert into enrollment (id, section_id, student_id, status, enrolled_at, ended_at, created_at, updated_at)
      values (5, 3, 5, 'completed', ${at}, ${at}, ${stamps}), (6, 3, 6, 'completed', ${at}, ${at}, ${stamps});
    insert into enrollment (id, section_id, student_id, enrolled_at, created_at, updated_at, legacy) values (18, 2, 8, ${at}, ${stamps}, 1);
    update student set status = 'withdrawn' where id = 7;
    insert into result (id, student_id, section_id, outcome, percentage, letter, points, value, credits, scheme_id, created_at, updated_at)
      select n, n, 1, iif(n = 1, 'fail', 'pass'), iif(n = 1, 5000, 9000), iif(n = 1, 'fail', 'excellent'), 200, iif(n = 1, 500, 900), 50,
        (select id from grading_scheme where code = 'greek-10'), ${stamps} from (select 1 as n union select 2);
    update result set state = 'published', published_at = '2026-07-01T10:00:00.000Z';
  `)
  exec(`insert into section_meeting (section_id, weekday, starts, ends, room, room_key)
    values (1, 1, '09:00', '10:00', 'Αίθουσα  Α1', 'AΊΘOYΣA  A1'), (1, 2, '09:00', '10:00', 'Salón', 'SALÓN'), (1, 3, '09:00', '10:00', null, null)`)
  migrate((n) => n >= 68)
})

test('seats with official results are completed, and counted like those of files; a moved one was transferred, a dropped one was not', () => {
  expect(all('select id, standing, end_reason, transferred_to from live_enrollment order by id')).toEqual([
    ...[1, 2].map((id) => ({ id, standing: 'completed', end_reason: 'completed', transferred_to: null })),
    { id: 3, standing: 'transferred', end_reason: 'transferred', transferred_to: 13 },
    { id: 4, standing: 'dropped', end_reason: 'dropped', transferred_to: null },
    ...[5, 6].map((id) => ({ id, standing: 'completed', end_reason: 'completed', transferred_to: null })),
    ...[7, 8, 13, 14, 18].map((id) => ({ id, standing: 'enrolled', end_reason: null, transferred_to: null })),
  ])
  expect(all('select id, seats_taken, capacity, capacity_before from section order by id')).toEqual([
    { id: 1, seats_taken: 4, capacity: 30, capacity_before: null },
    { id: 2, seats_taken: 3, capacity: 30, capacity_before: null },
    { id: 3, seats_taken: 2, capacity: 2, capacity_before: 1 },
  ])
  expect(all('select id, carried_to from score')).toEqual([{ id: 1, carried_to: null }])
  expect(all('select id, status from student where id in (1, 7)')).toEqual([
    { id: 1, status: 'active' },
    { id: 7, status: 'withdrawn' },
  ])
})

test('work behind an official result stays with it', () => {
  const reasons = () => all('select section_id, reason from transferable_score where student_id = 4')
  exec(
    `insert into assessment (id, section_id, type, title, weight, max_score, created_at, updated_at) values (3, 3, 'quiz', 'Q', 10000, 1000, ${stamps})`,
  )
  exec(
    `insert into score (assessment_id, student_id, score, state, created_at, updated_at) values (2, 4, 800, 'graded', ${stamps})`,
  )
  expect(reasons()).toEqual([{ section_id: 1, reason: null }])
  exec(`update enrollment set status = 'withdrawn', ended_at = ${at} where id = 14`)
  exec(`insert into result (id, student_id, section_id, outcome, percentage, letter, points, value, credits, created_at, updated_at)
    values (4, 4, 2, 'withdrawn', 0, 'W', 0, 0, 0, ${stamps})`)
  exec(`update result set state = 'published', published_at = ${at} where id = 4`)
  expect(reasons()).toEqual([{ section_id: 1, reason: 'official_result' }])
})

test('what breaks the rules of today is found', () => {
  expect(all('select kind, id from legacy_finding order by kind, id')).toEqual([
    { kind: 'leaver_seat', id: 7 },
    { kind: 'raised_capacity', id: 3 },
    { kind: 'result_rounding', id: 1 },
    { kind: 'second_seat', id: 18 },
    { kind: 'twin_student', id: 2 },
    { kind: 'uncarried_work', id: 3 },
  ])
})

test('rooms of before are compared without marks and with single blanks', () => {
  expect(all('select room, room_key from section_meeting order by weekday')).toEqual([
    { room: 'Αίθουσα  Α1', room_key: 'AIΘOYΣA A1' },
    { room: 'Salón', room_key: 'SALON' },
    { room: null, room_key: null },
  ])
})
