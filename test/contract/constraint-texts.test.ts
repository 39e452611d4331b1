import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { beforeAll, expect, test } from 'vitest'
import * as platform from '#/platform/database/tables.ts'
import { asApiError } from '#/platform/database/constraints.ts'
import { ApiError, messageOf } from '#/platform/errors.ts'
import { languages } from '#/platform/words.ts'
import { constraints } from '#/wiring/catalogue.ts'
import { testEnv } from '../world.ts'

let schema: { name: string; tbl_name: string; type: string; sql: string | null }[]
beforeAll(async () => {
  const { results } = await testEnv.DB.prepare('select name, tbl_name, type, sql from sqlite_schema').all<
    (typeof schema)[number]
  >()
  schema = results
})

const modules = import.meta.glob<Record<string, unknown>>('/src/**/table.ts', { eager: true })
const tables = [platform, ...Object.values(modules)]
  .flatMap((module) => Object.values(module))
  .filter((one) => one instanceof SQLiteTable)
  .map((one) => getTableConfig(one))

const parametersOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
const told = Object.entries(constraints).filter(([, { en }]) => parametersOf(en).length > 0)

/** What a refused write knows at least: the columns of its row, and nothing of others. */
function rowOf(constraint: string): Record<string, string> {
  const [table] = constraint.split('.')
  const homes = schema.filter(({ type, tbl_name, sql }) =>
    constraint.includes('.')
      ? tbl_name === table
      : type !== 'view' && new RegExp(`\\b${constraint}\\b`).test(sql ?? ''),
  )
  const home = tables.find(({ name }) => homes.some(({ tbl_name }) => tbl_name === name))
  return Object.fromEntries(home!.columns.map(({ name }) => [name, `<${name}>`]))
}

const saidOf = (constraint: string, row: Record<string, string>) => {
  const broken = new Error(`D1_ERROR: CHECK constraint failed: ${constraint}: SQLITE_CONSTRAINT`)
  const error = asApiError(broken, row, { language: 'en' }) as ApiError
  expect(error).toBeInstanceOf(ApiError)
  return languages.map((language) => messageOf(error.declared, error.params, language))
}

test.each(told)('%s is told without a gap, as the row that it refuses is known', (constraint, { en, plain }) => {
  const row = rowOf(constraint)
  const gaps = parametersOf(en).filter((name) => !(name in row))
  expect(gaps.length === 0 || plain !== undefined).toBe(true)
  for (const text of saidOf(constraint, row)) expect(text).toMatch(/^(?!.*(?: {2}|\( ?\)|[ (][,.%;:)]))\S.*\S$/)
})

test('a text without parameters has none, and every error whose parameters only some writes know has one', () => {
  const plain = Object.values(constraints).flatMap((error) => (error.plain ? [error.plain] : []))
  expect(plain.length).toBeGreaterThan(10)
  for (const text of plain) for (const language of languages) expect(text[language]).toMatch(/^[^{}]+\.$/)
})

test('what is missing is told by its own id, not by that of the row that names it', () => {
  const row = { id: '1', section_id: '22', student_id: '33' }
  expect(saidOf('attendance_section_missing', row)[0]).toBe('Section with id 22 not found.')
  expect(saidOf('enrollment_student_missing', row)[0]).toBe('Student with id 33 not found.')
})
