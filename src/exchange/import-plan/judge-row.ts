import * as z from 'zod'
import type { BlankCells, DateForm, Language } from '#/platform/words.ts'
import { derivedOf } from '#/platform/database/write/derived.ts'
import type { Settings } from '#/platform/env.ts'
import { ApiError, type Params } from '#/platform/errors.ts'
import { identifierKey } from '#/platform/text/identifier.ts'
import { parsed as parsedBy } from '#/platform/validation/invalid.ts'
import { problemsOf } from '#/platform/validation/problem.ts'
import { soundFields } from '#/platform/validation/sound-fields.ts'
import { identifiers, type ImportEntity } from '#/exchange/imported-entity/index.ts'
import { dayFields, dayOf, saidOfDay } from './day-cells.ts'

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
  dates: DateForm
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

/**
 * Says of one row's values whether they fit the module's schema and rules, and what of them is to be staged: of a wrong row all that is well-formed,
 * and apart from it, as `older`, what is not. That may be what the row has that is there, from before its rule.
 */
export function rowJudge(of: ImportEntity, job: ReadAs, { today, language, settings }: Circumstances) {
  const defaults = defaultsOf(of, today)
  const input = ofSome(of, job)
  const days = dayFields(of.input.shape)
  const keysOf = keyReader()
  const keyFields = new Set(of.key.fields)
  const naming = new Set([...of.key.fields, ...(of.references ?? []).map(({ field }) => field)])
  return (line: number, given: Record<string, unknown>): Judgement => {
    const row = asMeant(of, job, days, given)
    const parsed = parsedBy(input, row)
    const sound: Record<string, unknown> = parsed.success ? parsed.data : soundFields(input, row).fields
    const problems = [
      ...(parsed.success ? [] : schemaProblems(parsed.error, { line, row, days, dates: job.dates, language })),
      ...ruleProblems(of, { ...defaults, ...sound }, { line, today }),
    ]
    const refused = refusedFields(of, problems)
    const fitting = { ...defaults, ...sound }
    for (const name of refused) {
      delete fitting[name]
      // What names a row finds it, however it is written: nobody would be the second to be called so.
      if (naming.has(name) && isScalar(row[name])) fitting[name] = row[name]
    }
    const keys = keysOf(fitting)
    const derived = isIdentified(of, fitting) && derivedOf(of.entity, fitting, settings)
    const older = refused.length > 0 && { older: Object.fromEntries(refused.map((name) => [name, row[name] ?? ''])) }
    const values = { ...picked(fitting, (field) => field in given || keyFields.has(field)), ...keys, ...derived }
    const key = of.key.fields.map((field) => keys[`${field}_key`] ?? fitting[field])
    return {
      staged: { line, key: JSON.stringify(key), content: { ...(of.staged?.(values, settings) ?? values), ...older } },
      problems,
    }
  }
}

/** A row without what is only shown, with its days as dates. What tells rows apart where one has to is not given when it is empty. */
function asMeant(of: ImportEntity, { dates }: ReadAs, days: ReadonlySet<string>, given: Record<string, unknown>) {
  const { spare } = of.key
  const { [spare ?? '']: none, ...others } = given
  const row = withoutShown(of, spare !== undefined && none === null ? others : given)
  if (dates === 'iso') return row
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, days.has(name) ? dayOf(value) : value]))
}

const isScalar = (value: unknown) => typeof value === 'string' || typeof value === 'number'

const isIdentified = ({ entity: { identifier } }: ImportEntity, row: Record<string, unknown>) =>
  !identifier || typeof row[identifier] === 'string'

/** The fields of a row that problems blame, a part of one as well. */
const refusedFields = ({ input }: ImportEntity, problems: readonly Problem[]): string[] => [
  ...new Set(problems.map(({ field }) => field?.split('.')[0] ?? '').filter((name) => name in input.shape)),
]

function ruleProblems(
  { rules = [] }: ImportEntity,
  row: Record<string, unknown>,
  { line, today }: { line: number; today: string },
): Problem[] {
  return rules.flatMap(({ field, require }) => {
    const value = row[field]
    const refusal = typeof value === 'string' ? refusalOf(() => require(value, today)) : undefined
    return refusal ? [{ line, field, code: refusal.code, message: null, params: refusal.params }] : []
  })
}

/** What a row gives that changes one which is there: the key. What else a new one needs is asked for once that is known. */
function ofSome(of: ImportEntity, { columns, blanks }: ReadAs) {
  const mayLack = (name: string) =>
    columns === null || blanks === 'keep' || name === of.key.spare || !columns.includes(name)
  const fields = neededFields(of).filter(mayLack)
  return of.input.extend(Object.fromEntries(fields.map((name) => [name, z.optional(of.input.shape[name]!)])))
}

/** The fields, beside the key, that a new row cannot do without. */
export const neededFields = ({ input, key }: ImportEntity) =>
  Object.entries(input.shape).flatMap(([name, field]) =>
    (key.fields.includes(name) && name !== key.spare) || z.safeParse(field, undefined).success ? [] : [name],
  )

/** The keys of the identifiers that a row gives. Many rows name the same course: what was folded once is remembered. */
function keyReader() {
  const known = new Map<string, string>()
  return (row: Record<string, unknown>): Record<string, string> => {
    const keys: Record<string, string> = {}
    for (const field of identifiers) {
      const text = row[field]
      if (typeof text !== 'string') continue
      const key = known.get(text) ?? identifierKey(text)
      known.set(text, key)
      keys[`${field}_key`] = key
    }
    return keys
  }
}

/** Thousands of rows pass here, so no lists are made of them. */
function picked(row: Record<string, unknown>, isWanted: (field: string) => boolean) {
  const some: Record<string, unknown> = {}
  for (const field of Object.keys(row)) if (isWanted(field)) some[field] = row[field]
  return some
}

/** What an export shows of a row and no file sets: ids, versions, dates of change. */
const withoutShown = ({ input, row }: ImportEntity, given: Record<string, unknown>) =>
  picked(given, (field) => field in input.shape || !(field in row.shape))

/** What a new row has where the file says nothing. */
export function defaultsOf({ input, defaults }: ImportEntity, today: string): Record<string, unknown> {
  const declared = Object.entries(input.shape).flatMap(([field, schema]) => {
    const { data } = (schema as typeof input).safeParse(undefined)
    return data === undefined || data === null ? [] : [[field, data as unknown]]
  })
  return { ...(Object.fromEntries(declared) as Record<string, unknown>), ...defaults?.(today) }
}

interface Wrong {
  line: number
  row: Record<string, unknown>
  days: ReadonlySet<string>
  dates: DateForm
  language: Language
}

const schemaProblems = ({ issues }: z.ZodError, { line, row, days, dates, language }: Wrong): Problem[] =>
  issues
    .flatMap((issue) => problemsOf(issue, language))
    .map(({ path, code, message }) => {
      const field = path.length > 0 ? path.join('.') : null
      const isOfDay = code === 'invalid_format' && days.has(field ?? '')
      const said = isOfDay ? saidOfDay(row[field!], dates)?.[language] : undefined
      return { line, field, code, message: said ?? message, params: {} }
    })

function refusalOf(require: () => void): ApiError | undefined {
  try {
    require()
    return undefined
  } catch (error) {
    if (error instanceof ApiError) return error
    throw error
  }
}
