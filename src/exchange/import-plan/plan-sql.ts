/** SQL as text, for the reasons that row-sql.ts gives. */
import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '#/platform/database/connect.ts'
import { insertFrom } from '#/platform/database/insert-from.ts'
import type { Statement } from '#/platform/database/statement.ts'
import type { Check, ImportEntity, Reference } from '#/exchange/imported-entity/index.ts'
import { neededFields } from './judge-row.ts'
import { nothingFound, rowDeleted, rowTwice, severalMeant, valueMissing, zerosOf } from './plan-checks.ts'
import {
  anyDiffers,
  changeableColumns,
  compile,
  field,
  idByKey,
  inRange,
  isAmbiguous,
  type Planned,
  type Range,
} from './row-sql.ts'
import { importError, importRow } from './table.ts'
import { errors } from './errors.ts'

/** Finds what staged rows of a range refer to and would change, refuses what cannot be written, and decides about the rest. */
export function planStatements(db: Database, of: ImportEntity, range: Range): Statement[] {
  const undecided = sql`${inRange(range)} and ${importRow.action} is null`
  const refuse = (check: Check) => refusal(db, of, check, undecided, range.job.id)
  const references = of.references ?? []
  return [
    ...references.map(({ column, field: named, select }) =>
      db
        .update(importRow)
        .set({ content: sql`json_set(${importRow.content}, ${`$.${column}`}, (${compile(select, range.job.id)}))` })
        .where(sql`${undecided} and json_type(${importRow.content}, ${`$.${named}`}) is not null`),
    ),
    ...references.flatMap(({ column, zeros = [] }) =>
      zeros.map((one) => refuse(zerosOf(one, errors.IMPORT_ZEROS_LOST, `${field(column)} is null`))),
    ),
    ...nothingFound(references).map(refuse),
    refuse(rowTwice(of)),
    db
      .update(importRow)
      .set({ target_id: sql.raw(idByKey(of, 'live')) as SQL<number> })
      .where(undecided),
    ...(of.key.spare ? [refuse(severalMeant(of, of.key.spare)), settleSeveral(db, of, range, of.key.spare)] : []),
    ...(of.deletedMayReturn ? [] : [refuse(rowDeleted(of))]),
    ...neededFields(of).map((name) => refuse(valueMissing(name))),
    ...(of.checks ?? []).map(refuse),
    settleRefused(db, range),
    db
      .update(importRow)
      .set({ action: decision(of, range) })
      .where(undecided),
  ]
}

const warningsOf = ({ key: { zeros }, warnings = [] }: ImportEntity) => [
  ...(zeros ? [zerosOf(zeros, errors.IMPORT_ZEROS_MISSING, '1')] : []),
  ...warnings,
]

/** The checks that look at all rows of the import, and what new ones are warned of. */
export const wholeStatements = (db: Database, of: ImportEntity, job: Planned & { last_line: number }): Statement[] => {
  const range = { job, from: 0, to: job.last_line }
  const written = sql`${inRange(range)} and ${importRow.action} in ('create', 'update', 'error')`
  const created = sql`${inRange(range)} and ${importRow.action} = 'create'`
  const changed = sql`${inRange(range)} and ${importRow.action} = 'update'`
  return [
    ...(of.wholeChecks ?? []).flatMap((check) => [refusal(db, of, check, written, job.id), settleRefused(db, range)]),
    ...warningsOf(of).map((check) => refusal(db, of, check, created, job.id, 'warning')),
    ...(of.changeWarnings ?? []).map((check) => refusal(db, of, check, changed, job.id, 'warning')),
  ]
}

/** How many values the rows that would change lose to nulls of the file. */
export function clearedQuery(of: ImportEntity, job: Planned): SQL {
  const lost = changeableColumns(of, job).map(
    ({ name }) => `(json_type(import_row.content, '$.${name}') = 'null' and target."${name}" is not null)`,
  )
  return sql`select sum(${sql.raw(['0', ...lost].join(' + '))}) as cleared
    from ${importRow} join ${of.entity.table} target on target.id = ${importRow.target_id}
    where ${importRow.import_id} = ${job.id} and ${importRow.action} = 'update'`
}

/** The fields that a check looks at: where one of them is wrong by itself the check says nothing. */
function mentioned({ references = [], key }: ImportEntity, { field: blamed, when, params = {}, fields }: Check) {
  if (fields) return fields
  const text = [when, ...Object.values(params)].join(' ')
  const named = [...text.matchAll(/\{(\w+?)(?:_key)?\}|import_row\.content(?: ->>?|,) '\$\.(\w+)'/g)].flatMap(
    ([, inBraces, inContent]) => inBraces ?? inContent ?? [],
  )
  const behind = references.filter(({ column }) => named.includes(column)).flatMap(fieldsOf)
  const ofTarget = /import_row\.(?:target_id|key)/.test(text) ? key.fields : []
  return [...new Set([...named, ...behind, ...ofTarget, ...(blamed === null ? [] : [blamed])])]
}

const fieldsOf = ({ field: named, within = [] }: Reference): string[] => [named, ...within.flatMap(fieldsOf)]

/** Whether that is known of a row already, or a field that it is about is wrong. */
const isSaid = (of: ImportEntity, check: Check) =>
  sql`exists (select 1 from ${importError} said where said.import_id = ${importRow.import_id} and said.line = ${importRow.line}
    and said.severity = 'error' and (said.code = ${check.error.code} and said.field is ${check.field} or said.field in ${mentioned(of, check)}))`

/** Reports the rows that a check refuses or warns of; the values of the row and the check's own parameters fill its text. */
function refusal(
  db: Database,
  of: ImportEntity,
  check: Check,
  rows: SQL,
  importId: string,
  severity: 'error' | 'warning' = 'error',
) {
  const { error, field: blamed, when, params = {} } = check
  const more = Object.entries(params).map(([name, text]) => `'$.${name}', ${text}`)
  const filled = more.length > 0 ? `json_set(import_row.content, ${more.join(', ')})` : 'import_row.content'
  return insertFrom(
    { db },
    importError,
    {
      import_id: sql`${importRow.import_id}`,
      line: sql`${importRow.line}`,
      field: blamed,
      code: error.code,
      params: compile(filled, importId),
      severity,
    },
    sql`${importRow} where ${rows} and (${compile(when, importId)}) and not ${isSaid(of, check)}`,
  )
}

/** What may mean several rows is compared with none. */
const settleSeveral = (db: Database, of: ImportEntity, range: Range, spare: string) =>
  db
    .update(importRow)
    .set({ action: 'error' })
    .where(
      sql`${inRange(range)} and ${importRow.action} is null and (${compile(isAmbiguous(of, spare), range.job.id)})`,
    )

/** What has an error is not looked at any further. */
const settleRefused = (db: Database, range: Range) =>
  db
    .update(importRow)
    .set({ action: 'error' })
    .where(
      sql`${inRange(range)} and ${importRow.action} is not 'error' and ${importRow.line} in (
        select ${importError.line} from ${importError} where ${importError.import_id} = ${range.job.id}
          and ${importError.severity} = 'error' and ${importError.line} between ${range.from} and ${range.to})`,
    )

function decision(of: ImportEntity, { job }: Range) {
  const different = sql`exists (select 1 from ${of.entity.table} target
    where target.id = ${importRow.target_id} and ${sql.raw(anyDiffers(changeableColumns(of, job), 'target'))})`
  return sql<'create'>`iif(${importRow.target_id} is null, 'create', iif(${different}, 'update', 'same'))`
}
