/** Refusals of staged rows. SQL as text, for the reasons that row-sql.ts gives. */
import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '#/platform/database/connect.ts'
import { insertFrom } from '#/platform/database/insert-from.ts'
import type { Statement } from '#/platform/database/statement.ts'
import {
  type Check,
  type ImportEntity,
  importedEntityErrors,
  type Reference,
} from '#/exchange/imported-entity/index.ts'
import { errors } from './errors.ts'
import { searchText } from '#/platform/text/fold.ts'
import { compile, inRange, type Planned, type Range } from './row-sql.ts'
import { importError, importRow } from './table.ts'

/**
 * What checks say of the rows of a range that nothing is decided about. One pass finds those that any of them concerns, mostly none; each check then
 * looks at those alone, so that a value of a row is read once and not once for each check.
 */
export const refusing = (db: Database, of: ImportEntity, range: Range, checks: readonly Check[]): Statement[] => {
  const conditions = [`exists (select 1 from import_error said where ${saidOfRow})`, ...checks.map(({ when }) => when)]
  return [
    db
      .update(importRow)
      .set({ action: 'error' })
      .where(sql`${inRange(range)} and ${importRow.action} is null and ${compile(anyOf(conditions), range.job.id)}`),
    ...checks.map((check) =>
      refusal(db, of, check, sql`${inRange(range)} and ${importRow.action} = 'error'`, range.job),
    ),
  ]
}

const saidOfRow = `said.import_id = import_row.import_id and said.line = import_row.line and said.severity = 'error'`

/** Half and half: the database takes conditions only so deep. */
function anyOf(conditions: readonly string[]): string {
  if (conditions.length < 2) return `(${conditions[0] ?? '0'})`
  const half = Math.ceil(conditions.length / 2)
  return `(${anyOf(conditions.slice(0, half))} or ${anyOf(conditions.slice(half))})`
}

/** Reports the rows that a check refuses or warns of; the values of the row and the check's own parameters fill its text. */
export function refusal(
  db: Database,
  of: ImportEntity,
  check: Check,
  rows: SQL,
  { id, language }: Planned,
  severity: 'error' | 'warning' = 'error',
) {
  const { error, field: blamed, when, params = {}, says, beside } = check
  const more = Object.entries(params).map(([name, text]) => `'$.${name}', ${text}`)
  const filled = more.length > 0 ? `json_set(import_row.content, ${more.join(', ')})` : 'import_row.content'
  const from = beside ? sql`(${compile(beside, id)}) beside cross join ${importRow}` : sql`${importRow}`
  const same = beside ? sql` and ${importRow.line} = beside.line` : sql``
  const message = says?.[language] ?? null
  return insertFrom(
    { db },
    importError,
    {
      import_id: sql`${importRow.import_id}`,
      line: sql`${importRow.line}`,
      field: blamed,
      code: error.code,
      message,
      ...(message !== null && { search_text: searchText(message) }),
      params: compile(filled, id),
      severity,
    },
    sql`${from} where ${rows}${same} and (${compile(when, id)}) and not ${isSaid(of, check, message)}`,
  )
}

/** Whether that is known of a row already, something else of the same field, or nobody knows the value of a field that it is about. */
function isSaid(of: ImportEntity, check: Check, message: string | null) {
  const { code } = check.error
  const alike = check.says ? sql`said.code = ${code} and said.message is not ${message}` : sql`false`
  return sql`exists (select 1 from ${importError} said where ${sql.raw(saidOfRow)} and (
    said.field is ${check.field} and not (${alike})
    or said.field in ${mentioned(of, check)} and (said.code = lower(said.code) or said.code in ${leavesUnknown})))`
}

/** What is not well-formed has a code in small letters. */
const leavesUnknown = [
  errors.IMPORT_REFERENCE_NOT_FOUND,
  errors.IMPORT_ZEROS_LOST,
  errors.IMPORT_ROW_TWICE,
  errors.IMPORT_ROW_DELETED,
  importedEntityErrors.IMPORT_AMBIGUOUS,
].map(({ code }) => code)

/** The fields that a check looks at. */
function mentioned(
  { references = [], key }: ImportEntity,
  { field: blamed, when, params = {}, fields, beside }: Check,
) {
  if (fields) return fields
  const text = [when, beside, ...Object.values(params)].join(' ')
  const named = [...text.matchAll(/\{(\w+?)(?:_key)?\}|import_row\.content(?: ->>?|,) '\$\.(\w+)'/g)].flatMap(
    ([, inBraces, inContent]) => inBraces ?? inContent ?? [],
  )
  const behind = references.filter(({ column }) => named.includes(column)).flatMap(fieldsOf)
  const ofTarget = /import_row\.(?:target_id|key)/.test(text) ? key.fields : []
  return [...new Set([...named, ...behind, ...ofTarget, ...(blamed === null ? [] : [blamed])])]
}

const fieldsOf = ({ field: named, within = [] }: Reference): string[] => [named, ...within.flatMap(fieldsOf)]
