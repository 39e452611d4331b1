import { readdirSync, readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { beforeAll, expect, test } from 'vitest'

const files = readdirSync('migrations')
  .filter((name) => name.endsWith('.sql'))
  .toSorted()
const anew = files.find((name) => name.endsWith('_course_codes_as_typed.sql'))!

/** A database with courses, and what refers to them, whose table is made anew. */
let db: DatabaseSync
const all = (statement: string) =>
  db
    .prepare(statement)
    .all()
    .map((row) => ({ ...row }))
const names = () => all('select type, name, tbl_name from sqlite_schema where sql is not null order by type, name')
const courses = () => all('select * from course order by id')
const at = "'2026-01-10T08:00:00.000Z'"
const stamps = `${at}, ${at}`
const before: Record<'names' | 'courses' | 'refusal', unknown> = { names: [], courses: [], refusal: undefined }

beforeAll(() => {
  db = new DatabaseSync(':memory:')
  const run = (name: string) => db.exec(`begin; ${readFileSync(`migrations/${name}`, 'utf8')}\n commit;`)
  for (const name of files.filter((one) => one < anew)) run(name)
  db.exec(`
    insert into program (id, code, title, grading_scheme, search_text, created_at, updated_at) values (1, 'P', 'P', 'letters', '', ${stamps});
    insert into course (id, code, title, title_el, credits, program_id, absence_penalty, search_text, version, created_at, updated_at, deleted_at, archived_at, code_key, legacy, attendance_rule)
    values (1, 'MATH', 'M', 'Μ', 75, 1, 150, 'm', 4, ${stamps}, null, ${at}, 'MATH', 0, '{"late_counts":50,"excused":"absent","minimum":80}'),
      (2, 'ΜΑΤΗ', 'N', null, 50, null, 0, '', 1, ${stamps}, null, null, 'MATH', 1, '{"late_counts":100,"excused":"left_out","minimum":75}'),
      (3, 'LAW', 'L', null, 50, null, 0, '', 2, ${stamps}, ${at}, null, 'LAW', 0, '{"late_counts":100,"excused":"left_out","minimum":75}'),
      (4, 'ART', 'A', null, 50, null, 0, '', 1, ${stamps}, null, null, 'ART', 0, '{"late_counts":100,"excused":"left_out","minimum":75}');
    insert into course_requirement (course_id, kind, group_number, required_course_id) values (2, 'prerequisite', 0, 4);
    insert into course_evaluation_rule (course_id, position, name, weight, aggregation, drop_lowest) values (4, 0, 'Homework', 4000, 'mean', 0);
    insert into term (id, code, name, start_date, end_date, created_at, updated_at) values (1, '26W', 'W', '2026-01-01', '2026-06-01', ${stamps});
    insert into section (id, course_id, term_id, number, capacity, created_at, updated_at) values (1, 4, 1, 'A', 30, ${stamps});
    insert into student (id, student_number, number_key, first_name, last_name, email, enrollment_date, search_text, created_at, updated_at)
      values (1, 'S1', 'S1', 'N', 'L', 's@x', '2025-09-01', '', ${stamps});
    insert into enrollment (id, section_id, student_id, enrolled_at, created_at, updated_at) values (1, 1, 1, ${at}, ${stamps});
  `)
  Object.assign(before, { names: names(), courses: courses() })
  try {
    run(anew)
  } catch (error) {
    before.refusal = error
  }
})

test('every row, index, trigger and view is there, and every reference finds its course', () => {
  expect(before.refusal).toBeUndefined()
  expect(courses()).toEqual(before.courses)
  expect(names()).toEqual(before.names)
  expect(all('pragma foreign_key_check')).toEqual([])
  expect(all('select course_id from enrollment')).toEqual([{ course_id: 4 }])
  expect(all('select id from live_course order by id')).toEqual([1, 2, 4].map((id) => ({ id })))
  expect(() => db.exec('delete from course where id = 4')).toThrow(/FOREIGN KEY/)
})

test('a code is kept as it is typed; the other bounds hold', () => {
  db.exec("update course set code = 'Art-1a', code_key = 'ART-1A' where id = 4")
  expect(all('select code from course where id = 4')).toEqual([{ code: 'Art-1a' }])
  expect(() => db.exec('update course set credits = 601 where id = 4')).toThrow(/course_credits_range/)
  expect(() => db.exec("update course set attendance_rule = '{}' where id = 4")).toThrow(/course_attendance_rule_json/)
  expect(() => db.exec(`update course set deleted_at = ${at} where id = 4`)).toThrow(/course_in_use/)
})
