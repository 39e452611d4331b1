/** SQL as text, for the reasons that row-sql.ts gives. */
import { sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { auditRows } from '#/platform/audit/audit-rows.ts'
import { derivedColumns } from '#/platform/database/write/derived.ts'
import { insertFrom } from '#/platform/database/insert-from.ts'
import type { Statement } from '#/platform/database/statement.ts'
import type { ImportEntity } from '#/exchange/imported-entity/index.ts'
import { freeing } from './exchange-sql.ts'
import {
  anyDiffers,
  beginningsOf,
  changeableColumns,
  changedValue,
  changesOf,
  idByKey,
  inRange,
  type Range,
  tableName,
  writtenColumns,
} from './row-sql.ts'
import { inPieces } from './rules.ts'
import { importRow } from './table.ts'

/** Changes the rows of a range that differ; their audit rows come first, while the old values are still there. */
export function updateStatements(ctx: Context, of: ImportEntity, range: Range, derived: Derived[] = []): Statement[] {
  const table = tableName(of)
  const columns = changeableColumns(of, range.job)
  if (columns.length === 0) return []
  const target = `"${table}"`
  const same = sql.raw(
    `target.id = import_row.target_id and target.deleted_at is null and ${anyDiffers(columns, 'target')}`,
  )
  const set = Object.fromEntries(columns.map((one) => [one.name, sql.raw(changedValue(one, target))]))
  return [
    ...inPieces(derived).map((some) => keepDerived(ctx, range, some)),
    auditRows(ctx, {
      entity: of.entity.name,
      id: sql`target.id`,
      changes: sql.raw(changesOf(columns, 'target')),
      summary: summaryOf,
      action: 'import.update',
      from: sql`import_row join ${sql.raw(table)} target on ${same} where ${inRange(range)} and import_row.action = 'update'`,
    }),
    ...(of.beforeUpdates?.(ctx, changedRows(range), sql`'import ' || ${range.job.id}`) ?? []),
    ...freeing(ctx, of, range),
    ctx.db
      .update(of.entity.table)
      .set({
        ...set,
        ...derivedFromFile(of),
        ...writer(ctx, of),
        version: sql.raw(`${target}.version + 1`),
        updated_at: ctx.now,
      })
      .from(sql`${changedRows(range)} import_row`)
      .where(
        sql.raw(
          `${target}.id = import_row.target_id and ${target}.deleted_at is null and ${anyDiffers(columns, target)}`,
        ),
      ),
  ]
}

const changedRows = (range: Range) =>
  sql`(select target_id, content from import_row where ${inRange(range)} and action = 'update')`

/** Writes the new rows of a range in the order of the file, and then their audit rows. */
export function createStatements(ctx: Context, of: ImportEntity, range: Range, defaults: object): Statement[] {
  const columns = writtenColumns(of)
  const filled = sql`(select line, import_id, json_patch(${JSON.stringify(defaults)}, content) as content
    from import_row where ${inRange(range)} and action = 'create') import_row`
  const fromFile = columns.map(({ name, resting }) => [name, sql.raw(resting)] as const)
  return [
    insertFrom(
      ctx,
      of.entity.table,
      { ...ownValues(ctx, of), ...Object.fromEntries(fromFile) },
      sql`${filled} order by import_row.line`,
    ),
    auditRows(ctx, {
      entity: of.entity.name,
      id: sql.raw(idByKey(of, 'live')),
      changes: sql.raw(beginningsOf(columns)),
      summary: summaryOf,
      from: sql`${filled} where true`,
    }),
  ]
}

/** What no file says: bookkeeping, what is derived, the writer. Other columns have their own defaults. */
const ownValues = (ctx: Context, of: ImportEntity) => ({
  version: 1,
  created_at: ctx.now,
  updated_at: ctx.now,
  ...derivedFromFile(of),
  ...writer(ctx, of),
})

const summaryOf = sql.raw(`'import ' || import_row.import_id || ' line ' || import_row.line`)

const derivedFromFile = (of: ImportEntity) =>
  Object.fromEntries(
    derivedColumns(of.entity.table).map((name) => [name, sql.raw(`import_row.content ->> '$.${name}'`)]),
  )
const writer = (ctx: Context, { writtenBy, entity: { stamp } }: ImportEntity) => ({
  ...(writtenBy && { [writtenBy]: ctx.actor.id }),
  ...(stamp && { [stamp]: ctx.now }),
})

/** What is derived of a row as it will be, by column. */
export interface Derived {
  line: number
  columns: Record<string, string>
}

const keepDerived = (ctx: Context, { job }: Range, rows: Derived[]) =>
  ctx.db
    .update(importRow)
    .set({ content: sql`json_patch(import_row.content, derived.value -> 1)` })
    .from(sql`json_each(${JSON.stringify(rows.map(({ line, columns }) => [line, columns]))}) derived`)
    .where(sql`import_row.import_id = ${job.id} and import_row.line = derived.value ->> 0`)
