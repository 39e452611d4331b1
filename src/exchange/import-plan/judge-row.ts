import * as z from 'zod'
import type { BlankCells, Language } from '#/platform/words.ts'
import { derivedOf } from '#/platform/database/write/derived.ts'
import type { Settings } from '#/platform/env.ts'
import { ApiError, type Params } from '#/platform/errors.ts'
import { identifierKey } from '#/platform/text/identifier.ts'
import { parsed as parsedBy } from '#/platform/validation/invalid.ts'
import { problemsOf } from '#/platform/validation/problem.ts'
import { soundFields } from '#/platform/validation/sound-fields.ts'
import { identifiers, type ImportEntity } from '#/exchange/imported-entity/index.ts'

/** A row that can be compared with what is there: its natural key as text (the line of one whose key is wrong), and what the file gives. */
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

/** Of one row: what of it is to be staged, and what is wrong with it. */
interface Judgement {
  staged: StagedRow
  problems: Problem[]
}

/** Says of one row's values whether they fit the module's schema and rules, and what of them is to be staged: of a wrong row all that is well-formed. */
export function rowJudge(of: ImportEntity, job: ReadAs, { today, language, settings }: Circumstances) {
  const defaults = defaultsOf(of, today)
  const input = ofSome(of, job)
  return (line: number, given: Record<string, unknown>): Judgement => {
    const row = withoutShown(of, given)
    const parsed = parsedBy(input, row)
    const whole = { ...defaults, ...(parsed.success ? parsed.data : soundFields(input, row).fields) }
    const problems = parsed.success
      ? ruleProblems(of, whole, { line, given, today })
      : parsed.error.issues.flatMap((issue) => problemsOf(issue, language)).map((one) => schemaProblem(line, one))
    const kept = Object.entries(whole).filter(([field]) => field in given || of.key.fields.includes(field))
    const keys = keysOf(whole)
    const derived = isIdentified(of, whole) && derivedOf(of.entity, whole, settings)
    const values = { ...Object.fromEntries(kept), ...keys, ...derived }
    const isNamed = problems.every(({ field }) => !of.key.fields.includes(field ?? ''))
    const key = isNamed ? of.key.fields.map((field) => keys[`${field}_key`] ?? whole[field]) : { line }
    return { staged: { line, key: JSON.stringify(key), content: of.staged?.(values) ?? values }, problems }
  }
}

const isIdentified = ({ entity: { identifier } }: ImportEntity, row: object) => !identifier || identifier in row

function ruleProblems(
  of: ImportEntity,
  row: Record<string, unknown>,
  { line, given, today }: { line: number; given: object; today: string },
): Problem[] {
  const refusal = isRuled(of, given) ? broken(of, row, today) : undefined
  if (!refusal) return []
  const field = refusal.declared.fields?.find((one) => one in row) ?? null
  return [{ line, field, code: refusal.code, message: null, params: refusal.params }]
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
