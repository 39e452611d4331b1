import { and, eq, getTableColumns, getTableName, inArray, isNull } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteSelect } from 'drizzle-orm/sqlite-core'
import type { Context } from '#/platform/context.ts'
import { errorOf } from '#/platform/database/constraints.ts'
import { readRows, selecting } from '#/platform/database/read-rows.ts'
import { ApiError } from '#/platform/errors.ts'
import { keyColumns, keyOf } from './derived.ts'
import type { Entity, Table } from './entity-types.ts'

/** Throws what a write of `row` was refused for. Where another row has its number or code, `details.id` names that row to who may see it. */
export const namingHolder =
  <T extends Table, Rows extends SQLiteSelect>(ctx: Context, of: Entity<T, Rows>, row: object) =>
  async (error: unknown): Promise<never> => {
    const { table, identifier, apartIn } = of
    if (!(error instanceof ApiError) || !identifier) throw error
    const column = keyColumns[identifier]
    if (error.declared !== (apartIn?.taken ?? errorOf(`${getTableName(table)}.${column}`))) throw error
    const columns = getTableColumns(table) as Record<string, SQLiteColumn>
    const values = row as Record<string, string>
    const key = keyOf(identifier, values[identifier]!)
    const beside = (apartIn?.columns ?? []).map((name) => eq(columns[name]!, values[name]))
    const holders = ctx.db
      .select({ id: table.id })
      .from(table as Table)
      .where(and(eq(columns[column]!, key), ...beside, isNull(table.deleted_at)))
    const seen = selecting(ctx.db, of.rows, { where: and(inArray(of.id, holders), of.visible?.(ctx)) })
    const [holder] = (await readRows(ctx.db, seen)) as { id: number }[]
    throw new ApiError(error.declared, error.params, { details: holder ? { id: holder.id } : null })
  }
