import { expect, test } from 'vitest'
import { databaseOfBefore } from './database-of-before.ts'

const { migrate, all } = databaseOfBefore()
migrate(() => true)

/** Texts that are unique and typed by nobody, or made one before they rest; and why. */
const exempt: Record<string, string> = {
  'user.email': 'in small letters',
  'student.email': 'in small letters',
  'password_reset.token_hash': 'made by the system',
  'invitation.token_hash': 'made by the system',
  'email_confirmation.token_hash': 'made by the system',
  'dead_letter.origin_id': 'made by the system',
  'service_request.job_id': 'made by the system',
  'approval.operation': 'a word of the API',
  'approval.subject': 'made by the system',
  'daily_activity.day': 'a date',
  'daily_activity.action': 'a word of the API',
  'attendance.date': 'a date',
  'saved_filter.entity': 'a word of the API',
}
const keyOf: Record<string, string> = {
  student_number: 'number_key',
  number: 'number_key',
  code: 'code_key',
  name: 'name_key',
}

interface Unique {
  table: string
  index: string
  column: string
}

test('whatever text is unique is so by its key, too', () => {
  const texts = all(
    `select t.name as "table", i.name as "index", c.name as "column" from sqlite_schema t, pragma_index_list(t.name) i, pragma_index_info(i.name) c
       join pragma_table_info(t.name) own on own.name = c.name
       where t.type = 'table' and i."unique" and i.origin = 'c' and own.type = 'TEXT' order by 1, 3`,
  ) as unknown as Unique[]
  const typed = texts.filter(
    ({ table, column }) => !`${table}.${column}`.endsWith('_key') && !exempt[`${table}.${column}`],
  )
  expect(typed.length).toBeGreaterThan(7)
  const unkeyed = typed.filter(({ table, column }) => {
    const key = keyOf[column]
    const held = all(
      `select sql from sqlite_schema where tbl_name = '${table}' and (sql like 'create unique index%' or sql like 'create trigger%before insert%')`,
    ) as unknown as { sql: string }[]
    return !key || !held.some(({ sql }) => new RegExp(`\\b${key}\\b`).test(sql))
  })
  expect(unkeyed).toEqual([])
})

test('names and codes of before that look alike all stay, exempt until they are called otherwise', () => {
  const before = databaseOfBefore()
  const stamps = "'2026-01-10T08:00:00.000Z', '2026-01-10T08:00:00.000Z'"
  before.migrate((number) => number < 107)
  before.exec(`
    insert into grading_scheme (code, scale_max, pass_minimum, bands, step, rounding, decimals, shows_percent, created_at, updated_at)
      select code, 100, 5000, '[]', 1, 'half_up', 2, 0, ${stamps} from (select 'Own' as code union all select 'OWN' union all select 'ｏｗｎ' union all select 'ΑΒ' union all select 'ab');
    insert into user (id, email, password_hash, full_name, role, search_text, created_at, updated_at) values (1, 'a@x', 'x', 'A', 'registrar', '', ${stamps});
    insert into course (id, code, title, credits, search_text, created_at, updated_at) values (1, 'C', 'C', 50, '', ${stamps});
    insert into term (id, code, name, start_date, end_date, created_at, updated_at) values (1, 'T', 'T', '2026-01-01', '2026-06-01', ${stamps});
    insert into section (id, course_id, term_id, number, capacity, created_at, updated_at) values (1, 1, 1, '1', 30, ${stamps});
    insert into assessment_category (section_id, name, weight, aggregation, created_at, updated_at)
      values (1, 'Essays', 0, 'mean', ${stamps}), (1, 'essays', 0, 'mean', ${stamps}), (1, 'Εργασία', 0, 'mean', ${stamps}), (1, 'ΕΡΓΑΣΙΑ', 0, 'mean', ${stamps});
    insert into saved_filter (user_id, name, entity, query, created_at, updated_at)
      values (1, 'Late', 'students', '{}', ${stamps}), (1, 'LATE', 'students', '{}', ${stamps}), (1, 'LATE', 'courses', '{}', ${stamps});
    insert into course_evaluation_rule (course_id, position, name, weight, aggregation, drop_lowest)
      values (1, 0, 'Oral', 4000, 'mean', 0), (1, 1, 'ORAL', 6000, 'mean', 0);
  `)
  before.migrate((number) => number >= 107)
  const marks = (table: string, column: string) =>
    before
      .all(`select ${column}, legacy from ${table} order by id`)
      .map(({ legacy, ...row }) => [Object.values(row)[0], legacy])
  expect(marks('grading_scheme where shipped = 0', 'code')).toEqual([
    ['Own', 0],
    ['OWN', 1],
    ['ｏｗｎ', 1],
    ['ΑΒ', 0],
    ['ab', 1],
  ])
  expect(marks('assessment_category', 'name')).toEqual([
    ['Essays', 0],
    ['essays', 1],
    ['Εργασία', 0],
    ['ΕΡΓΑΣΙΑ', 1],
  ])
  expect(marks('saved_filter', 'name')).toEqual([
    ['Late', 0],
    ['LATE', 1],
    ['LATE', 0],
  ])
  expect(before.all("select kind, params ->> 'code' as code from legacy_finding order by kind, code")).toEqual([
    { kind: 'twin_category', code: 'essays' },
    { kind: 'twin_category', code: 'ΕΡΓΑΣΙΑ' },
    { kind: 'twin_scheme', code: 'OWN' },
    { kind: 'twin_scheme', code: 'ab' },
    { kind: 'twin_scheme', code: 'ｏｗｎ' },
  ])
  before.exec("update assessment_category set name = 'Papers', name_key = 'PAPERS' where name = 'essays'")
  expect(marks('assessment_category', 'name')[1]).toEqual(['Papers', 0])
  expect(() => before.exec("update assessment_category set name_key = 'ESSAYS' where name = 'Papers'")).toThrow(
    /UNIQUE/,
  )
  before.exec(
    `insert into section (id, course_id, term_id, number, capacity, created_at, updated_at) values (2, 1, 1, '2', 30, ${stamps})`,
  )
  expect(marks('assessment_category where section_id = 2', 'name')).toEqual([
    ['Oral', 0],
    ['ORAL', 1],
  ])
})
