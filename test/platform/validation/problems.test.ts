import { expect, test } from 'vitest'
import * as z from 'zod'
import { endpoints } from '#/wiring/endpoints.ts'
import { importEntities } from '#/exchange/imported-entity/index.ts'
import { pdfBytes } from '#/paperwork/official-document/schema.ts'
import * as field from '#/platform/fields.ts'
import { problemsOf } from '#/platform/validation/problem.ts'
import { parsed } from '#/platform/validation/invalid.ts'
import { saidOf } from '#/platform/validation/said.ts'

/** Code and words for a value that a schema refuses, after the place that they are about. */
function told(schema: z.ZodType, value: unknown, language: 'en' | 'el' = 'en') {
  const issues = parsed(schema, value).error?.issues ?? []
  return issues
    .flatMap((issue) => problemsOf(issue, language))
    .map(({ path, code, message }) => [...path, `${code}: ${message}`].join(' '))
}

test.each<[z.ZodType, unknown, string]>([
  [z.strictObject({ title: z.string() }), {}, 'title required: is missing'],
  [z.strictObject({ title: z.string() }), { title: null }, 'title required: must not be empty'],
  [z.string(), 5, 'wrong_type: must be text'],
  [z.number(), '5', 'wrong_type: must be a number such as 3'],
  [z.int(), 5.5, 'wrong_type: must be a whole number such as 3'],
  [z.boolean(), 'yes', 'wrong_type: must be true or false'],
  [z.array(z.string()), {}, 'wrong_type: must be a list'],
  [z.strictObject({}), [], 'wrong_type: must be an object with fields'],
  [z.string().min(1), '', 'too_short: must not be empty'],
  [z.string().min(8), 'short', 'too_short: must have at least 8 characters'],
  [z.string().max(3), 'long', 'too_long: must have at most 3 characters'],
  [z.array(z.string()).min(1), [], 'too_few: must not be empty'],
  [z.array(z.int()).max(2), [1, 2, 3], 'too_many: must have at most 2 entries'],
  [z.number().min(0), -1, 'too_small: must be at least 0'],
  [field.id, 0, 'too_small: must be more than 0'],
  [field.credits, 61, 'too_big: must be at most 60'],
  [field.credits, 5.25, 'too_precise: must have at most one decimal, such as 7.5'],
  [field.percentage, 5.255, 'too_precise: must have at most 2 decimals, such as 7.25'],
  [z.enum(['fall', 'spring']), 'winter', 'not_one_of: must be one of fall, spring'],
  [z.strictObject({ type: z.enum(['fall']) }), {}, 'type required: is missing'],
  [z.strictObject({ type: z.enum(['fall']) }), { type: null }, 'type required: must not be empty'],
  [z.stringbool({ truthy: ['true'], falsy: ['false'] }), 'maybe', 'not_one_of: must be one of true, false'],
  [field.date, '5/3/2026', 'invalid_format: must be a date such as 2026-03-25'],
  [field.email, 'nobody', 'invalid_format: must be an e-mail such as name@example.org'],
  [field.instantIn, 'noon', 'invalid_format: must be a date and time with its offset such as 2026-03-25T09:00:00Z'],
  [field.phone, 'none', 'invalid_format: must be 7 to 15 digits, with + and country code, such as +302101234567'],
  [z.strictObject({}), { titel: 1 }, 'titel unknown: is not known here'],
  [z.union([z.int(), z.strictObject({ id: z.int() })]), { id: 'x' }, 'id wrong_type: must be a number such as 3'],
])('a value is told what it must be: %#', (schema, value, words) => {
  expect(told(schema, value)).toEqual([words])
})

test('in the language of the reader', () => {
  expect(told(z.strictObject({ title: z.string() }), {}, 'el')).toEqual(['title required: λείπει'])
  expect(told(field.date, 'x', 'el')).toEqual(['invalid_format: πρέπει να είναι ημερομηνία όπως 2026-03-25'])
})

interface Def {
  type?: string
  check?: string
  format?: string
  pattern?: RegExp
  params?: object
  fn?: unknown
  checks?: { _zod: { def: Def } }[]
}

/* oxlint-disable no-underscore-dangle -- zod keeps its checks nowhere else */
/** All checks of a schema and of what it is made of. */
function checksOf(schema: unknown, seen = new Set<unknown>()): Def[] {
  if (typeof schema !== 'object' || schema === null || seen.has(schema)) return []
  seen.add(schema)
  if (Array.isArray(schema)) return schema.flatMap((one) => checksOf(one, seen))
  const def = (schema as { _zod?: { def: Def } })._zod?.def
  if (!def) return Object.values(schema).flatMap((one) => checksOf(one, seen))
  const own = [def, ...(def.checks ?? []).map((one) => one._zod.def)]
  return [...own, ...Object.values(def).flatMap((one) => checksOf(one, seen))]
}

/* oxlint-enable no-underscore-dangle */

/** The body of a file, which is looked at by its media type. */
const isFile = checksOf(pdfBytes).find(({ fn }) => fn)!.fn

const checks = [
  ...endpoints.flatMap(({ params, query, body }) => checksOf([params, query, body])),
  ...Object.values(importEntities).flatMap(({ input }) => checksOf(input)),
]

test('every pattern and every rule says in words what it wants', () => {
  const patterns = checks.filter(({ format }) => format === 'regex').map(({ pattern }) => String(pattern))
  expect(new Set(patterns).size).toBeGreaterThan(20)
  expect([...new Set(patterns)].filter((pattern) => !saidOf(pattern))).toEqual([])
  // Those of several problems, `superRefine`, have no function here and bring words of their own to each.
  const rules = checks.filter(({ check, fn }) => check === 'custom' && fn !== undefined && fn !== isFile)
  expect(rules.length).toBeGreaterThan(5)
  expect(rules.filter(({ params }) => !params)).toEqual([])
})

test('of fields of which exactly one is given, each is told', () => {
  const schema = field.exactlyOneOf(
    z.strictObject({ a: z.int().optional(), b: z.int().nullable(), c: z.int().optional() }),
    ['a', 'b', 'c'],
  )
  const words = 'invalid: is one of a, b, c: give exactly one'
  expect(told(schema, { b: null })).toEqual([`a ${words}`, `b ${words}`, `c ${words}`])
  expect(told(schema, { a: 1, b: null, c: 2 })).toEqual([`a ${words}`, `c ${words}`])
  expect(told(schema, { b: 1 })).toEqual([])
})

test('a body without anything is told the field of each problem, and that it is missing', () => {
  const bodies = endpoints.flatMap(({ id, body }) => (body instanceof z.ZodObject ? [[id, body] as const] : []))
  expect(bodies.length).toBeGreaterThan(50)
  const wrong = bodies.flatMap(([id, body]) => {
    const issues = parsed(body, {}).error?.issues ?? []
    const problems = issues.flatMap((issue) => problemsOf(issue, 'en'))
    return problems
      .filter(
        ({ path, code, message }) => path.length === 0 || (code !== 'required' && !message.includes('exactly one')),
      )
      .map((problem) => `${id}: ${JSON.stringify(problem)}`)
  })
  expect(wrong).toEqual([])
})
