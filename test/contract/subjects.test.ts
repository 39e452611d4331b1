import { expect, test } from 'vitest'
import '#/worker.ts'
import { subjects as declaredSubjects } from '#/platform/personal/subject.ts'
import { testEnv } from '../world.ts'

const subjects = declaredSubjects()

/** Tables of numbers, keys and hashes that the code knows no columns of, or writes no more. */
const nameless = ['backup_change', 'write_recovery']

/** Columns that a CHECK keeps from being dropped. */
const leftBehind = ['program.shipped_scheme', 'student.first_status']

async function tables() {
  const { results } = await testEnv.DB.prepare(
    `select m.name, p.name as col from sqlite_schema m join pragma_table_info(m.name) p
     where m.type = 'table' and m.name not like 'sqlite\\_%' escape '\\' and m.name not like '\\_cf%' escape '\\' and m.name <> 'd1_migrations'
     order by m.name, p.cid`,
  ).all<{ name: string; col: string }>()
  return Map.groupBy(results, ({ name }) => name)
}

test('every table says whose data it is, and of each column whether it is personal', async () => {
  const found = [...(await tables())].filter(([name]) => !nameless.includes(name))
  const columns = found.map(([name, rows]) => [
    name,
    rows.flatMap(({ col }) => (leftBehind.includes(`${name}.${col}`) ? [] : col)).toSorted(),
  ])
  const declared = subjects.map(({ table, columns: all }) => [table, all.toSorted()] as const)
  expect(declared.toSorted(([a], [b]) => (a < b ? -1 : 1))).toEqual(columns)
})

test('what tells of somebody names whom, but where nobody is known yet or many are', () => {
  const open = subjects.filter(({ of, personal }) => of === null && personal.length > 0).map(({ table }) => table)
  expect(open.toSorted()).toEqual(['audit_log', 'email_confirmation', 'import_error', 'import_row', 'password_reset'])
})

/** Columns of these names tell of a person, wherever they are; these do not. */
const telling = /name|email|phone|birth|note|reason|text|statement|details|address|facts/
const notPersonal = new Set([
  'assessment.search_text',
  'assessment_category.name',
  'assessment_category.name_el',
  'assessment_category.name_key',
  'assessment_category.search_text',
  'audit_renewal.note',
  'audit_renewal.reason',
  'backup_run.name',
  'course.search_text',
  'course_evaluation_rule.name',
  'course_evaluation_rule.name_el',
  'course_evaluation_rule.name_key',
  'course_evaluation_rule.search_text',
  'enrollment_override.reason_code',
  'grading_scheme.search_text',
  'grading_scheme.word_texts',
  'job_run.name',
  'program.search_text',
  'section.search_text',
  'term.name',
  'term.name_el',
  'term.search_text',
  'user.email_verified_at',
])

test('a column whose name speaks of a person is personal', () => {
  const missed = subjects.flatMap(({ table, columns, personal }) =>
    columns
      .filter((column) => telling.test(column) && !personal.includes(column))
      .map((column) => `${table}.${column}`),
  )
  expect(missed.filter((one) => !notPersonal.has(one))).toEqual([])
})

test('each noun of the audit log means one table', () => {
  const nouns = subjects.flatMap((one) => one.nouns)
  expect(new Set(nouns).size).toBe(nouns.length)
})
