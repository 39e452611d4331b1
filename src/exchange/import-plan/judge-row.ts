import * as z from 'zod'
import type { BlankCells, Language } from '#/platform/words.ts'
import { derivedOf } from '#/platform/database/write/derived.ts'
import type { Settings } from '#/platform/env.ts'
import { ApiError, type Params } from '#/platform/errors.ts'
import { identifierKey } from '#/platform/text/identifier.ts'
import { parsed as parsedBy } from '#/platform/validation/invalid.ts'
import { problemsOf } from '#/platform/validation/problem.ts'
import { identifiers, type ImportEntity } from '#/exchange/imported-entity/index.ts'

/** A row that can be compared with what is there: its natural key as text, and what the file gives. */
export interface StagedRow {
  line: number
  key: string
  content: Record<string, unknown>
}

/** How an import reads its file. */
export interface ReadAs {
  columns: readonly string[] | null
  blanks: BlankCells
}

export interface Problem {
  line: number
  field: string | null
  code: string
  /** Null where the text is that of the code, filled with the parameters. */
  message: string | null
  params: Params
}

interface Circumstances {
  today: string
  language: Language
  settings: Settings
}

/** Says of one row's values whether they fit the module's schema and rules, and what of them is to be staged. */
export function rowJudge(of: ImportEntity, job: ReadAs, { today, language, settings }: Circumstances) {
  const defaults = defaultsOf(of, today)
  const input = ofSome(of, job)
  return (line: number, given: Record<string, unknown>): StagedRow | Problem[] => {
    const parsed = parsedBy(input, withoutShown(of, given))
    if (!parsed.success) {
      const problems = parsed.error.issues.flatMap((issue) => problemsOf(issue, language))
      return problems.map((one) => schemaProblem(line, one))
    }
    const whole = { ...defaults, ...parsed.data }
    const refusal = isRuled(of, given) ? broken(of, whole, today) : undefined
    if (refusal) {
      const field = refusal.declared.fields?.find((one) => one in whole) ?? null
      return [{ line, field, code: refusal.code, message: null, params: refusal.params }]
    }
    const kept = Object.entries(parsed.data).filter(([field]) => field in given || of.key.fields.includes(field))
    const keys = keysOf(whole)
    const staged = { ...Object.fromEntries(kept), ...keys, ...derivedOf(of.entity, whole, settings) }
    const content = of.staged?.(staged) ?? staged
    const key = of.key.fields.map((field) => keys[`${field}_key`] ?? whole[field])
    return { line, key: JSON.stringify(key), content }
  }
}

/** What a row gives that changes one which is there: the key. What else a new one needs is asked for once that is known. */
function ofSome(of: ImportEntity, { columns, blanks }: ReadAs) {
  const mayLack = (name: string) => columns === null || blanks === 'keep' || !columns.includes(name)
  const fields = neededFields(of).filter(mayLack)
  return of.input.extend(Object.fromEntries(fields.map((name) => [name, z.optional(of.input.shape[name]!)])))
}

/** The fields, beside the key, that a new row cannot do without. */
export const neededFields = ({ input, key }: ImportEntity) =>
  Object.entries(input.shape).flatMap(([name, field]) =>
    (key.fields.includes(name) && name !== key.spare) || z.safeParse(field, undefined).success ? [] : [name],
  )

/** A rule compares fields. Where a row that may change another gives some of them only, the database compares it with the rest. */
const isRuled = ({ ruled = [] }: ImportEntity, given: object) => ruled.every((field) => field in given)

/** The keys of the identifiers that a row gives. */
const keysOf = (row: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    identifiers.flatMap((field) => {
      const text = row[field]
      return typeof text === 'string' ? [[`${field}_key`, identifierKey(text)]] : []
    }),
  )

/** What an export shows of a row and no file sets: ids, versions, dates of change. */
const withoutShown = ({ input, row }: ImportEntity, given: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(given).filter(([field]) => field in input.shape || !(field in row.shape)))

/** What a new row has where the file says nothing. */
export function defaultsOf({ input, defaults }: ImportEntity, today: string): Record<string, unknown> {
  const declared = Object.entries(input.shape).flatMap(([field, schema]) => {
    const { data } = (schema as typeof input).safeParse(undefined)
    return data === undefined || data === null ? [] : [[field, data as unknown]]
  })
  return { ...(Object.fromEntries(declared) as Record<string, unknown>), ...defaults?.(today) }
}

const schemaProblem = (line: number, { path, code, message }: ReturnType<typeof problemsOf>[number]): Problem => ({
  line,
  field: path.length > 0 ? path.join('.') : null,
  code,
  message,
  params: {},
})

function broken(of: ImportEntity, row: Record<string, unknown>, today: string): ApiError | undefined {
  try {
    of.rule?.(row as never, today)
    return undefined
  } catch (error) {
    if (error instanceof ApiError) return error
    throw error
  }
}
