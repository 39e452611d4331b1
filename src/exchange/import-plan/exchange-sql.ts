/** SQL as text, for the reasons that row-sql.ts gives. */
import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import type { Statement } from '#/platform/database/statement.ts'
import type { ImportEntity } from '#/exchange/imported-entity/index.ts'
import { changeableColumns, inRange, type Range, tableName } from './row-sql.ts'
import { importRow } from './table.ts'

/**
 * The lines, wherever in the file, whose rows give up a unique value that a row of the range takes, and those that these in turn depend on: they
 * are written together, as A takes the e-mail of B and B that of A.
 */
export async function findGivingLines({ db }: Pick<Context, 'db'>, of: ImportEntity, range: Range): Promise<number[]> {
  const found: number[] = []
  for (const column of exchangedColumns(of, range)) {
    const rows = await db.all<{ line: number }>(givingLines(of, range, column))
    found.push(...rows.map(({ line }) => line))
  }
  return found
}

/** Moves those values out of the way; the statement behind it writes what the rows will have. */
export const freeing = ({ db }: Pick<Context, 'db'>, of: ImportEntity, range: Range): Statement[] =>
  (range.also ?? []).length === 0
    ? []
    : exchangedColumns(of, range).map((column) =>
        db
          .update(of.entity.table)
          .set({ [column]: sql`'exchanged-' || ${of.entity.table.id} || '@lyceum.invalid'` })
          .where(
            sql`${of.entity.table.id} in (select ${importRow.target_id} from ${importRow}
              where ${importRow.import_id} = ${range.job.id} and ${importRow.action} = 'update'
              and ${importRow.line} in (select value from json_each(${JSON.stringify(range.also)})))`,
          ),
      )

const exchangedColumns = (of: ImportEntity, { job }: Range): string[] => {
  const written = new Set(changeableColumns(of, job).map(({ name }) => name))
  return (of.exchanged ?? []).filter((column) => written.has(column))
}

/** In this order, by these indexes: left to itself, SQLite goes through the whole import for each line. */
function givingLines(of: ImportEntity, range: Range, column: string): SQL {
  const [table, value] = [sql.identifier(`live_${tableName(of)}`), sql`content ->> ${`$.${column}`}`]
  const holding = (name: string) => sql`holder.${sql.identifier(name)}`
  const key = sql`json_array(${sql.join(of.key.columns.map(holding), sql`, `)})`
  const [held, id] = [holding(column), range.job.id]
  return sql`with recursive depending (line, gives) as (
      select line, 0 from ${importRow} where ${inRange(range)} and ${importRow.action} = 'update'
      union
      select giving.line, 1 from depending
        cross join ${importRow} taking on taking.import_id = ${id} and taking.line = depending.line
        cross join ${table} holder on ${held} = taking.${value} and holder.id <> taking.target_id
        cross join ${importRow} giving indexed by import_row_key on giving.import_id = ${id} and giving.key = ${key}
          and giving.target_id = holder.id and giving.action = 'update' and giving.${value} <> ${held}
    )
    select distinct line from depending where gives = 1`
}
