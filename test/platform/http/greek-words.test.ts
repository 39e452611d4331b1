import { is } from 'drizzle-orm'
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { catalogue, type ErrorCode, messageOf } from '#/platform/errors.ts'
import { type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const greek = { 'accept-language': 'el' }
const tables = Object.values(
  import.meta.glob<Record<string, unknown>>('/src/**/table.ts', { eager: true }),
).flatMap((module) => Object.values(module).filter((one) => is(one, SQLiteTable)))

/** Every value that a column of this name can have. */
const valuesOf = (name: string) => [
  ...new Set(
    tables
      .flatMap((table) => getTableConfig(table as SQLiteTable).columns)
      .filter((column) => column.name === name)
      .flatMap((column) => column.enumValues ?? []),
  ),
]

/** Parameters that carry words, and the columns that the words come from. */
const params = { status: 'status', state: 'state', wanted: 'status', allowed: 'status', kind: 'kind' }

const saying = (param: string) =>
  (Object.keys(catalogue) as ErrorCode[]).filter((code) => catalogue[code].el.includes(`{${param}}`))

const cases = Object.entries(params).flatMap(([param, column]) =>
  valuesOf(column).map((value) => [param, value] as const),
)

describe('a word of the API in a Greek message', () => {
  test('is one of those that the messages speak of', () => {
    for (const param of Object.keys(params)) expect(saying(param).length).toBeGreaterThan(0)
    for (const value of ['suspended', 'frozen', 'rejected', 'financial', 'failed'])
      expect(cases.map(([, word]) => word)).toContain(value)
  })

  test.each(cases)('is Greek: {%s} %s', (param, value) => {
    for (const code of saying(param)) {
      expect(messageOf(code, { [param]: value }, 'el')).not.toContain(value)
      const inside = messageOf(code, { [param]: value }, 'el').replaceAll(/\/api\/\S+|POST|details\.\w+/g, '')
      expect(inside).not.toMatch(/[a-z]{3}/)
      expect(messageOf(code, { [param]: value }, 'en')).toContain(value)
    }
  })

  test('is one of several, with commas between', () => {
    const params = { status: 'pending', wanted: 'completed', allowed: 'approved, rejected' }
    expect(messageOf('REQUEST_TRANSITION_REFUSED', params, 'el')).toBe(
      'Μια αίτηση σε κατάσταση εκκρεμής δεν μπορεί να γίνει ολοκληρωμένη. Επιτρεπόμενες επόμενες καταστάσεις: εγκεκριμένη, απορριφθείσα.',
    )
  })

  test('is not looked for in names: an office stays what it is called', () => {
    expect(messageOf('HOLD', { kind: 'financial', office: 'active' }, 'el')).toBe(
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
