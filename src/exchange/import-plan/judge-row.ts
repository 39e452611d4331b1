import * as z from 'zod'
import type { BlankCells, Language } from '#/platform/words.ts'
import { searchText } from '#/platform/text/fold.ts'
import { ApiError, type Params } from '#/platform/errors.ts'
import { problemsOf } from '#/platform/validation.ts'
import type { ImportEntity } from '#/exchange/imported-entity/index.ts'
import { rowErrors } from './wording.ts'

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

/** Says of one row's values whether they fit the module's schema and rules, and what of them is to be staged. */
export function rowJudge(of: ImportEntity, job: ReadAs, { today, language }: { today: string; language: Language }) {
  const defaults = defaultsOf(of, today)
  const [input, messages] = [ofSome(of, job), rowErrors(language)]
  const { findable } = of.entity
  return (line: number, given: Record<string, unknown>): StagedRow | Problem[] => {
    const parsed = input.safeParse(withoutShown(of, given), { error: messages, reportInput: false })
    if (!parsed.success) return parsed.error.issues.flatMap(problemsOf).map((one) => schemaProblem(line, one))
    const whole = { ...defaults, ...parsed.data }
    const refusal = isRuled(of, given) ? broken(of, whole, today) : undefined
    if (refusal) return [{ line, field: null, code: refusal.code, message: null, params: refusal.params }]
    const kept = Object.entries(parsed.data).filter(([field]) => field in given || of.key.fields.includes(field))
    const content = {
      ...Object.fromEntries(kept),
      ...(findable && { search_text: searchText(...findable(whole as never)) }),
    }
    return { line, key: JSON.stringify(of.key.fields.map((field) => whole[field])), content }
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
    key.fields.includes(name) || z.safeParse(field, undefined).success ? [] : [name],
  )

/** A rule compares fields. Where a row that may change another gives some of them only, the database compares it with the rest. */
const isRuled = ({ ruled = [] }: ImportEntity, given: object) => ruled.every((field) => field in given)

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
