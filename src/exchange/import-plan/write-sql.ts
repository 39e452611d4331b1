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
  field,
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
  const { table } = of.entity
  const columns = changeableColumns(of, range.job)
  if (columns.length === 0) return []
  const target = `"${tableName(of)}"`
  const isOther = (named: string) => sql.raw(anyDiffers(columns, named))
  const set = Object.fromEntries(columns.map((one) => [one.name, sql.raw(changedValue(one, target))]))
  return [
    ...inPieces(derived).map((some) => keepDerived(ctx, range, some)),
    auditRows(ctx, {
      entity: of.entity.name,
      id: sql`target.id`,
      changes: sql.raw(changesOf(columns, 'target')),
      summary: summaryOf,
      action: 'import.update',
      from: sql`${importRow} join ${table} target on target.id = ${importRow.target_id} and target.deleted_at is null
        and ${isOther('target')} where ${inRange(range)} and ${importRow.action} = 'update'`,
    }),
    ...(of.beforeUpdates?.(ctx, changedRows(range), sql`'import ' || ${range.job.id}`) ?? []),
    ...freeing(ctx, of, range),
    ctx.db
      .update(table)
      .set({
        ...set,
        ...derivedFromFile(of),
        ...writer(ctx, of),
        version: sql`${table.version} + 1`,
        updated_at: ctx.now,
      })
      .from(sql`${changedRows(range)} import_row`)
      .where(sql`${table.id} = ${importRow.target_id} and ${table.deleted_at} is null and ${isOther(target)}`),
  ]
}

const changedRows = (range: Range) =>
  sql`(select target_id, content from ${importRow} where ${inRange(range)} and ${importRow.action} = 'update')`

/** Writes the new rows of a range in the order of the file, and then their audit rows. */
export function createStatements(ctx: Context, of: ImportEntity, range: Range, defaults: object): Statement[] {
  const columns = writtenColumns(of)
  const filled = sql`(select line, import_id, json_patch(${JSON.stringify(defaults)}, content) as content
    from ${importRow} where ${inRange(range)} and ${importRow.action} = 'create') import_row`
  const fromFile = columns.map(({ name, resting }) => [name, sql.raw(resting)] as const)
  return [
    insertFrom(
      ctx,
      of.entity.table,
      { ...ownValues(ctx, of), ...Object.fromEntries(fromFile) },
      sql`${filled} order by ${importRow.line}`,
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

const summaryOf = sql`'import ' || ${importRow.import_id} || ' line ' || ${importRow.line}`

const derivedFromFile = (of: ImportEntity) =>
  Object.fromEntries(derivedColumns(of.entity.table).map((name) => [name, sql.raw(field(name))]))
const writer = (ctx: Context, { writtenBy, entity: { stamp } }: ImportEntity) => ({
  ...(writtenBy && { [writtenBy]: ctx.actor.id }),
  ...(stamp && { [stamp]: ctx.now }),
})

/** What is derived of a row as it will be, by column. */
export interface Derived {
  line: number
  columns: Record<string, string>
}

/** `limit` makes a table of the list first: joined as it is, it is gone through once for each row of the import. */
const keepDerived = (ctx: Context, { job }: Range, rows: Derived[]) =>
  ctx.db
    .update(importRow)
    .set({ content: sql`json_patch(${importRow.content}, derived.columns)` })
    .from(
      sql`(select value ->> 'line' as line, value -> 'columns' as columns from json_each(${JSON.stringify(rows)}) limit -1) derived`,
    )
    .where(sql`${importRow.import_id} = ${job.id} and ${importRow.line} = derived.line`)
