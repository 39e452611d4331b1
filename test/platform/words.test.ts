import { is } from 'drizzle-orm'
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { errors as holdErrors } from '#/enrolling/hold/errors.ts'
import { errors as requestErrors } from '#/paperwork/request/errors.ts'
import { messageOf } from '#/platform/errors.ts'
import { catalogue } from '#/wiring/catalogue.ts'
import { testEnv, type World, world } from '../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const greek = { 'accept-language': 'el' }
const tables = Object.values(import.meta.glob<Record<string, unknown>>('/src/**/table.ts', { eager: true })).flatMap(
  (module) => Object.values(module).filter((one) => is(one, SQLiteTable)),
)

/** Every column that holds words of a list. */
const columns = tables.flatMap((table) => {
  const { name, columns: all } = getTableConfig(table as SQLiteTable)
  return all.flatMap((column) =>
    column.enumValues ? [{ table: name, column: column.name, words: column.enumValues }] : [],
  )
})

const saying = Object.values(catalogue).filter(({ words }) => words)
const cases = saying.flatMap((error) =>
  Object.entries(error.words!).flatMap(([param, { words }]) =>
    words.map((word) => [error.code, param, word, error] as const),
  ),
)

describe('a word of the API in a Greek message', () => {
  test('is one of those that the messages speak of', () => {
    for (const word of ['suspended', 'frozen', 'rejected', 'financial', 'failed'])
      expect(cases.map(([, , one]) => one)).toContain(word)
  })

  test('is declared wherever a message shows what a column of words holds', () => {
    const held = new Set([...columns.map(({ column }) => column), 'wanted'])
    // The name of a list stays as it stands in its address.
    held.delete('entity')
    const shown = Object.values(catalogue).flatMap(({ code, en, words = {} }) =>
      [...en.matchAll(/\{(\w+)\}/g)].filter(([, name = '']) => held.has(name) && !(name in words)).map(() => code),
    )
    expect(shown).toEqual([])
  })

  test.each(cases)('is Greek: %s {%s} %s', (_, param, word, error) => {
    const others = Object.fromEntries([...error.el.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, '7']))
    const params = { ...others, [param]: word }
    const message = messageOf(error, params, 'el')
    expect(message).not.toContain(word)
    expect(message.replaceAll(/\/api\/\S+|POST|details\.\w+/g, '')).not.toMatch(/[a-z]{3}/)
    expect(messageOf(error, params, 'en')).toContain(word)
  })

  test('is one of several, with commas between', () => {
    const params = { status: 'pending', wanted: 'completed', allowed: 'approved, rejected' }
    expect(messageOf(requestErrors.REQUEST_TRANSITION_REFUSED, params, 'el')).toBe(
      'Η αίτηση είναι σε κατάσταση «εκκρεμής» και δεν περνά σε κατάσταση «ολοκληρωμένη». Επιτρεπόμενες επόμενες καταστάσεις: εγκεκριμένη, απορριφθείσα.',
    )
  })

  test('is not looked for in names: an office stays what it is called', () => {
    expect(messageOf(holdErrors.HOLD, { kind: 'financial', office: 'active' }, 'el')).toBe(
      'Υπάρχει δέσμευση (οικονομική) που το εμποδίζει. Για την άρση της απευθυνθείτε εδώ: active.',
    )
  })
})

test('a suspended student reads it in Greek', async () => {
  const [section, student] = [await w.section(), await w.student({ status: 'suspended' })]
  const { error } = await w.registrar.post(`/sections/${section.id}/enroll`, { student_id: student.id }, greek)
  expect(error?.message).toContain('Η κατάσταση αυτού είναι σε αναστολή.')
  const [reason] = error!.details.reasons!
  expect(reason!.message).toContain('σε αναστολή')
})

/** Columns that the database leaves to the code. */
const unheld = ['invitation.language', 'import_job.entity', 'import_job.gave_up_in', 'result_change.old_outcome']

describe('the words of a column', () => {
  test.each(
    columns
      .filter(({ table, column }) => !unheld.includes(`${table}.${column}`))
      .map((one) => [`${one.table}.${one.column}`, one] as const),
  )('%s are those that the database takes', async (_, { table, column, words }) => {
    const { results } = await testEnv.DB.prepare('select sql from sqlite_schema where tbl_name = ? and sql is not null')
      .bind(table)
      .all<{ sql: string }>()
    const lists = results.flatMap(({ sql }) => [
      ...sql.matchAll(new RegExp(`\\b${column} (?:not )?in \\(([^)]*)\\)`, 'g')),
    ])
    const taken = lists.map(([, list]) => [...list!.matchAll(/'(\w+)'/g)].map(([, word]) => word!).toSorted())
    expect(taken).toContainEqual([...words].toSorted())
  })
})
