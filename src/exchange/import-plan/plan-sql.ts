/** SQL as text, for the reasons that row-sql.ts gives. */
import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '#/platform/database/connect.ts'
import type { Statement } from '#/platform/database/statement.ts'
import type { Check, ImportEntity, Reference } from '#/exchange/imported-entity/index.ts'
import { neededFields } from './judge-row.ts'
import { forgiving } from './older-values.ts'
import { nothingFound, rowDeleted, rowTwice, severalMeant, valueMissing, valueTwice, zerosOf } from './plan-checks.ts'
import { refusal, refusing } from './refusal-sql.ts'
import { anyDiffers, changeableColumns, compile, field, idByKey, inRange, type Planned, type Range } from './row-sql.ts'
import { importError, importRow } from './table.ts'
import { errors } from './errors.ts'

/** Finds what staged rows of a range refer to and would change, refuses what cannot be written, and decides about the rest. */
export function planStatements(db: Database, of: ImportEntity, range: Range): Statement[] {
  const undecided = sql`${inRange(range)} and ${importRow.action} is null`
  return [
    ...inTurn(of.references ?? []).map((some) => resolving(db, some, range, undecided)),
    db
      .update(importRow)
      .set({ target_id: sql.raw(idByKey(of, 'live')) as SQL<number> })
      .where(undecided),
    forgiving(db, of, range),
    ...refusing(db, of, range, checksOf(of)),
    db
      .update(importRow)
      .set({ action: decision(of, range) })
      .where(undecided),
  ]
}

function checksOf(of: ImportEntity): Check[] {
  const { references = [], key, deletedMayReturn, checks = [] } = of
  return [
    ...references.flatMap(({ column, zeros = [] }) =>
      zeros.map((one) => zerosOf(one, errors.IMPORT_ZEROS_LOST, `${field(column)} is null`)),
    ),
    ...nothingFound(references),
    rowTwice(of),
    ...(key.spare ? [severalMeant(of, key.spare)] : []),
    ...(deletedMayReturn ? [] : [rowDeleted(of)]),
    ...neededFields(of).map(valueMissing),
    ...checks,
  ]
}

/** References that one statement can look up together: none of them needs the id of another. */
function inTurn(references: readonly Reference[]): Reference[][] {
  const turns: Reference[][] = []
  for (let left = references; left.length > 0;) {
    const needs = ({ select }: Reference) => left.some(({ column }) => select.includes(`{${column}}`))
    const first = left.filter((one) => !needs(one))
    const optional = first.filter(({ isOptional }) => isOptional)
    const some = first.filter(({ isOptional }) => !isOptional)
    turns.push(...(some.length > 0 ? [some] : []), ...optional.map((one) => [one]))
    left = left.filter((one) => !first.includes(one))
  }
  return turns
}

/** Puts the ids of what rows name beside the names. What a row may do without it says nothing about where it does not name it. */
function resolving(db: Database, references: readonly Reference[], { job }: Range, rows: SQL) {
  const found = references.map(({ column, select }) => sql`${`$.${column}`}, (${compile(select, job.id)})`)
  const named = references.filter(({ isOptional }) => isOptional).map(({ field: name }) => name)
  const given = sql.join(named.map((name) => sql` and json_type(${importRow.content}, ${`$.${name}`}) is not null`))
  return db
    .update(importRow)
    .set({ content: sql`json_set(${importRow.content}, ${sql.join(found, sql`, `)})` })
    .where(sql`${rows}${given}`)
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
    ...[...(of.exchanged ?? []).map((column) => valueTwice(of, column)), ...(of.wholeChecks ?? [])].flatMap((check) => [
      refusal(db, of, check, written, job),
      settleRefused(db, range),
    ]),
    ...warningsOf(of).map((check) => refusal(db, of, check, created, job, 'warning')),
    ...(of.changeWarnings ?? []).map((check) => refusal(db, of, check, changed, job, 'warning')),
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
