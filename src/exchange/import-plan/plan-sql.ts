/** SQL as text, for the reasons that row-sql.ts gives. */
import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '#/platform/database/connect.ts'
import { insertFrom } from '#/platform/database/insert-from.ts'
import type { Statement } from '#/platform/database/statement.ts'
import type { DeclaredError } from '#/platform/errors.ts'
import {
  type Check,
  type ImportEntity,
  importedEntityErrors,
  type Reference,
  type Zeros,
} from '#/exchange/imported-entity/index.ts'
import { neededFields } from './judge-row.ts'
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
  tableName,
} from './row-sql.ts'
import { importError, importRow } from './table.ts'
import { errors } from './errors.ts'

/** Finds what staged rows of a range refer to and would change, refuses what cannot be written, and decides about the rest. */
export function planStatements(db: Database, of: ImportEntity, range: Range): Statement[] {
  const undecided = sql`${inRange(range)} and import_row.action is null`
  const refuse = (check: Check) => refusal(db, check, undecided, range.job.id)
  const references = of.references ?? []
  return [
    ...references.map(({ column, field: named, select }) =>
      db
        .update(importRow)
        .set({ content: sql`json_set(content, ${`$.${column}`}, (${compile(select, range.job.id)}))` })
        .where(sql`${undecided} and json_type(content, ${`$.${named}`}) is not null`),
    ),
    ...references.flatMap(({ column, zeros = [] }) =>
      zeros.map((one) => refuse(zerosOf(one, errors.IMPORT_ZEROS_LOST, `${field(column)} is null`))),
    ),
    settleRefused(db, range),
    ...nothingFound(references).map(refuse),
    refuse(rowTwice(of)),
    settleRefused(db, range),
    db
      .update(importRow)
      .set({ target_id: sql.raw(idByKey(of, 'live')) as SQL<number> })
      .where(undecided),
    ...(of.key.spare ? [refuse(severalMeant(of, of.key.spare)), settleRefused(db, range)] : []),
    ...(of.deletedMayReturn ? [] : [refuse(rowDeleted(of))]),
    ...neededFields(of).map((name) => refuse(valueMissing(name))),
    ...(of.checks ?? []).map(refuse),
    settleRefused(db, range),
    db
      .update(importRow)
      .set({ action: sql.raw(decision(of, range)) as SQL<'create'> })
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
  const written = sql`${inRange(range)} and import_row.action in ('create', 'update')`
  const created = sql`${inRange(range)} and import_row.action = 'create'`
  const changed = sql`${inRange(range)} and import_row.action = 'update'`
  return [
    ...(of.wholeChecks ?? []).flatMap((check) => [refusal(db, check, written, job.id), settleRefused(db, range)]),
    ...warningsOf(of).map((check) => refusal(db, check, created, job.id, 'warning')),
    ...(of.changeWarnings ?? []).map((check) => refusal(db, check, changed, job.id, 'warning')),
  ]
}

/** How many values the rows that would change lose to nulls of the file. */
export function clearedQuery(of: ImportEntity, job: Planned): SQL {
  const lost = changeableColumns(of, job).map(
    ({ name }) => `(json_type(import_row.content, '$.${name}') = 'null' and target."${name}" is not null)`,
  )
  return sql`select sum(${sql.raw(['0', ...lost].join(' + '))}) as cleared
    from import_row join ${sql.raw(tableName(of))} target on target.id = import_row.target_id
    where import_row.import_id = ${job.id} and import_row.action = 'update'`
}

/** Blames, of each chain of references, the fields that find nothing by themselves. */
function nothingFound(references: readonly Reference[]): Check[] {
  const named = new Set(references.map((one) => one.field))
  const hidden = references.flatMap(({ column, within = [] }) =>
    within.filter((one) => !named.has(one.field)).map((one) => ({ ...one, asked: `${field(column)} is null` })),
  )
  const missing = ({ column, select, field: blamed }: Reference) =>
    named.has(blamed) ? `${field(column)} is null` : `(${select}) is null`
  return [...hidden, ...references.map((one) => ({ ...one, asked: '1' }))].map((one) => ({
    error: errors.IMPORT_REFERENCE_NOT_FOUND,
    field: one.field,
    when: [
      one.asked,
      `${field(one.field)} is not null`,
      missing(one),
      ...(one.within ?? []).map((outer) => `not (${missing(outer)})`),
    ].join(' and '),
    params: { field: `'${one.field}'` },
  }))
}

const zerosOf = ({ field: blamed, select }: Zeros, error: DeclaredError, where: string): Check => ({
  error,
  field: blamed,
  when: `${where} and (${select}) is not null`,
  params: { field: `'${blamed}'`, given: field(blamed), found: `(${select})` },
})

const valueMissing = (name: string): Check => ({
  error: errors.IMPORT_VALUE_MISSING,
  field: name,
  when: `import_row.target_id is null and json_type(import_row.content, '$.${name}') is null`,
  params: { field: `'${name}'` },
})

const rowTwice = ({ key: { fields } }: ImportEntity): Check => ({
  error: errors.IMPORT_ROW_TWICE,
  field: fields.length === 1 ? fields[0]! : null,
  when: `exists (select 1 from import_row before
    where before.import_id = import_row.import_id and before.key = import_row.key and before.line < import_row.line)`,
  params: {
    first: `(select min(before.line) from import_row before
      where before.import_id = import_row.import_id and before.key = import_row.key)`,
  },
})

const severalMeant = (of: ImportEntity, spare: string): Check => ({
  error: importedEntityErrors.IMPORT_AMBIGUOUS,
  field: spare,
  when: isAmbiguous(of, spare),
})

const rowDeleted = (of: ImportEntity): Check => ({
  error: errors.IMPORT_ROW_DELETED,
  field: of.key.fields.at(-1)!,
  when: `import_row.target_id is null and ${idByKey(of, 'deleted')} is not null`,
  params: { id: idByKey(of, 'deleted') },
})

/** Reports the rows that a check refuses or warns of; the values of the row and the check's own parameters fill its text. */
function refusal(
  db: Database,
  { error, field: blamed, when, params = {} }: Check,
  rows: SQL,
  importId: string,
  severity: 'error' | 'warning' = 'error',
) {
  const more = Object.entries(params).map(([name, text]) => `'$.${name}', ${text}`)
  const filled = more.length > 0 ? `json_set(import_row.content, ${more.join(', ')})` : 'import_row.content'
  return insertFrom(
    { db },
    importError,
    {
      import_id: sql`import_row.import_id`,
      line: sql`import_row.line`,
      field: blamed,
      code: error.code,
      params: compile(filled, importId),
      severity,
    },
    sql`import_row where ${rows} and (${compile(when, importId)})`,
  )
}

/** What has an error is not looked at any further. */
const settleRefused = (db: Database, range: Range) =>
  db
    .update(importRow)
    .set({ action: 'error' })
    .where(
      sql`${inRange(range)} and import_row.action is not 'error' and import_row.line in (
        select line from import_error where import_id = ${range.job.id} and severity = 'error' and line between ${range.from} and ${range.to})`,
    )

function decision(of: ImportEntity, { job }: Range): string {
  const different = `exists (select 1 from ${tableName(of)} target
    where target.id = import_row.target_id and ${anyDiffers(changeableColumns(of, job), 'target')})`
  return `iif(import_row.target_id is null, 'create', iif(${different}, 'update', 'same'))`
}
