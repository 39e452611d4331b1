/** SQL as text, for the reasons that row-sql.ts gives. */
import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import type { Statement } from '#/platform/database/statement.ts'
import type { ImportEntity } from '#/exchange/imported-entity/index.ts'
import { changeableColumns, inRange, type Range, tableName } from './row-sql.ts'

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
          .set({ [column]: sql.raw(`'exchanged-' || id || '@lyceum.invalid'`) })
          .where(
            sql`id in (select target_id from import_row where import_id = ${range.job.id} and action = 'update'
              and line in (select value from json_each(${JSON.stringify(range.also)})))`,
          ),
      )

const exchangedColumns = (of: ImportEntity, { job }: Range): string[] => {
  const written = new Set(changeableColumns(of, job).map(({ name }) => name))
  return (of.exchanged ?? []).filter((column) => written.has(column))
}

function givingLines(of: ImportEntity, range: Range, column: string): SQL {
  const [table, value] = [sql.raw(`live_${tableName(of)}`), sql.raw(`content ->> '$.${column}'`)]
  const key = sql.raw(`json_array(${of.key.columns.map((name) => `holder."${name}"`).join(', ')})`)
  const [held, id] = [sql.raw(`holder."${column}"`), range.job.id]
  return sql`with recursive depending (line, gives) as (
      select line, 0 from import_row where ${inRange(range)} and action = 'update'
      union
      select giving.line, 1 from depending
        join import_row taking on taking.import_id = ${id} and taking.line = depending.line
        join ${table} holder on ${held} = taking.${value} and holder.id <> taking.target_id
        join import_row giving on giving.import_id = ${id} and giving.key = ${key}
          and giving.target_id = holder.id and giving.action = 'update' and giving.${value} <> ${held}
    )
    select distinct line from depending where gives = 1`
}
