import { getTableConfig, getViewConfig, SQLiteTable, SQLiteView } from 'drizzle-orm/sqlite-core'
import { beforeAll, describe, expect, test } from 'vitest'
import * as platform from '#/platform/database/tables.ts'
import { asApiError, brokenConstraint, fieldIn } from '#/platform/database/constraints.ts'
import { constraints as constraintErrors } from '#/wiring/catalogue.ts'
import { testEnv } from '../world.ts'

let schema: { type: string; name: string; tbl_name: string; sql: string | null }[]
beforeAll(async () => {
  const { results } = await testEnv.DB.prepare(
    "select type, name, tbl_name, sql from sqlite_schema where name not like 'sqlite_%' and name not like '\\_cf%' escape '\\' and name <> 'd1_migrations'",
  ).all<(typeof schema)[number]>()
  schema = results
})

describe('what the database refuses', () => {
  test('every named constraint and trigger message has an error', () => {
    const named = schema.flatMap(({ sql }) => [
      ...[...(sql ?? '').matchAll(/constraint (\w+)/gi)].map(([, name]) => name!),
      ...[...(sql ?? '').matchAll(/raise\s*\(\s*abort\s*,\s*'([^']+)'/gi)].map(([, name]) => name!),
    ])
    expect(named.length).toBeGreaterThan(50)
    expect(named.filter((name) => !(name in constraintErrors))).toEqual([])
  })

  test('every unique index has an error, named by its columns as SQLite does', async () => {
    const unique = schema.filter(({ type, sql }) => type === 'index' && /^create unique index/i.test(sql ?? ''))
    const described = await Promise.all(unique.map(({ name, tbl_name }) => columnsOf(name, tbl_name)))
    expect(described.length).toBeGreaterThan(8)
    expect(described.filter((columns) => !(columns in constraintErrors))).toEqual([])
  })

  test('no check is without a name', () => {
    const unnamed = schema.filter(({ sql }) =>
      /(?<!constraint \w+ )\bcheck\s*\(/i.test((sql ?? '').replaceAll(/constraint \w+\s+check/gi, '')),
    )
    expect(unnamed.map(({ name }) => name)).toEqual([])
  })

  test('no entry speaks of a constraint that is gone', async () => {
    const text = schema.map(({ sql }) => sql ?? '').join('\n')
    const keys = await Promise.all(
      schema.filter(({ sql }) => /unique/i.test(sql ?? '')).map(({ name, tbl_name }) => columnsOf(name, tbl_name)),
    )
    const primary = ['idempotency_key.user_id, idempotency_key.key']
    const stale = Object.keys(constraintErrors).filter(
      (key) => !new RegExp(`\\b${key}\\b`).test(text) && !keys.includes(key) && !primary.includes(key),
    )
    expect(stale).toEqual([])
  })

  test('every table is strict', () => {
    const loose = schema.filter(({ type, sql }) => type === 'table' && !/\)\s*strict/i.test(sql ?? ''))
    expect(loose.map(({ name }) => name)).toEqual([])
  })

  test('every table with a deleted_at has its live view', () => {
    const views = new Set(schema.filter(({ type }) => type === 'view').map(({ name }) => name))
    const deletable = schema.filter(({ type, sql }) => type === 'table' && /\bdeleted_at\b/.test(sql ?? ''))
    expect(deletable.filter(({ name }) => !views.has(`live_${name}`)).map(({ name }) => name)).toEqual([])
  })
})

test.each([
  [
    'D1_ERROR: CHECK constraint failed: section_seats_within_capacity: SQLITE_CONSTRAINT',
    'section_seats_within_capacity',
  ],
  ['D1_ERROR: UNIQUE constraint failed: course.code: SQLITE_CONSTRAINT', 'course.code'],
  ['D1_ERROR: UNIQUE constraint failed: a.x, a.y: SQLITE_CONSTRAINT (extended: SQLITE_CONSTRAINT_UNIQUE)', 'a.x, a.y'],
  ['D1_ERROR: course_in_use: SQLITE_CONSTRAINT (extended: SQLITE_CONSTRAINT_TRIGGER)', 'course_in_use'],
])('%s is understood', (message, name) => {
  expect(brokenConstraint(new Error('Failed query: ...', { cause: new Error(message) }))).toBe(name)
})

/** Of several fields, of what no caller gives, or of a column under another name than its field. */
const ofNone = [
  'scheme_scale_known',
  'override_check_known',
  'course_requirement_minimum_range',
  'section_meeting_times',
  'section_meeting_ordered',
  'waitlist_skip_has_reason',
  'override_one_scope',
  'score_not_negative',
  'result_change_outcome_known',
  'result_change_percentage_range',
  'result_change_points_range',
  'result_change_approvals_range',
]

test('a refusal of the database that is VALIDATION_ERROR names its field, in the language of the request', () => {
  const names = Object.keys(constraintErrors).filter((name) => constraintErrors[name]!.code === 'VALIDATION_ERROR')
  expect(names.length).toBeGreaterThan(60)
  const unnamed = names.filter((name) => {
    const [table] = name.split('.')
    const home = schema.find(({ tbl_name, sql }) => tbl_name === table || new RegExp(`\\b${name}\\b`).test(sql ?? ''))
    const columns = tables.find((one) => one.name === home?.tbl_name)?.columns ?? []
    return (
      fieldIn(
        name,
        columns.map((column) => column.name),
      ) === ''
    )
  })
  expect(unnamed.filter((name) => !ofNone.includes(name))).toEqual([])
  const broken = new Error('D1_ERROR: CHECK constraint failed: section_waitlist_capacity_range: SQLITE_CONSTRAINT')
  expect(asApiError(broken, { capacity: 1, waitlist_capacity: -1 }, { language: 'el' })).toMatchObject({
    code: 'VALIDATION_ERROR',
    details: {
      errors: [{ in: 'body', path: 'waitlist_capacity', code: 'invalid', message: 'δεν έχει την αναμενόμενη μορφή' }],
    },
  })
})

const modules = import.meta.glob<Record<string, unknown>>('/src/**/table.ts', { eager: true })
const declared = [platform, ...Object.values(modules)].flatMap((module) => Object.values(module))
const tables = declared.filter((one) => one instanceof SQLiteTable).map((one) => getTableConfig(one))
const views = declared.filter((one) => one instanceof SQLiteView).map((one) => getViewConfig(one))

/** Columns that the code knows nothing of any more, and that a CHECK of the table keeps from being dropped. */
const leftBehind = ['program.shipped_scheme', 'student.first_status']

describe('tables as the code declares them', () => {
  test.each(tables.map((table) => [table.name, table] as const))(
    '%s has exactly the columns of the migration',
    async (name, { columns }) => {
      const { results } = await testEnv.DB.prepare(
        'select name, type, "notnull" as required, pk from pragma_table_info(?) order by cid',
      )
        .bind(name)
        .all()
      expect(
        columns.map((column) => ({
          name: column.name,
          type: column.getSQLType().toUpperCase(),
          required: Number(column.notNull),
        })),
      ).toEqual(
        results
          .filter(({ name: column }) => !leftBehind.includes(`${name}.${String(column)}`))
          .map(({ name: column, type, required, pk }) => ({
            name: column,
            type,
            required: Number(required) || Number(Number(pk) > 0),
          })),
      )
    },
  )

  test('every live view is declared', () => {
    const existing = schema.filter(({ type }) => type === 'view').map(({ name }) => name)
    expect(views.map(({ name }) => name).toSorted()).toEqual(existing.toSorted())
  })
})

/** What SQLite says when the index refuses a row: its columns, or its name when it is over an expression. */
async function columnsOf(index: string, table: string): Promise<string> {
  const { results } = await testEnv.DB.prepare('select name from pragma_index_info(?) order by seqno')
    .bind(index)
    .all<{ name: string | null }>()
  if (results.some(({ name }) => name === null)) return index
  return results.map(({ name }) => `${table}.${name}`).join(', ')
}
