/** SQL as text, for the reasons that row-sql.ts gives. */
import { getTableColumns, sql } from 'drizzle-orm'
import type { Database } from '#/platform/database/connect.ts'
import type { Statement } from '#/platform/database/statement.ts'
import type { ImportEntity } from '#/exchange/imported-entity/index.ts'
import { field, inRange, type Range, type Written, writtenColumns } from './row-sql.ts'
import { importError, importRow } from './table.ts'

/**
 * Takes back what was said of values that are no change: the row that is there has them, from before a rule that refuses them now, or they name a
 * row that is there. They are not among the values that are written.
 */
export const forgiving = (db: Database, of: ImportEntity, range: Range): Statement =>
  db.delete(importError).where(
    sql`${importError.import_id} = ${range.job.id} and ${importError.severity} = 'error' and ${importError.line} between ${range.from} and ${range.to}
      and exists (select 1 from ${importRow} left join ${of.entity.table} target on target.id = ${importRow.target_id}
        where ${inRange(range)} and ${importRow.line} = ${importError.line} and ${sql.raw(unchanged(of))})`,
  )

function unchanged(of: ImportEntity): string {
  const columns = new Map(writtenColumns(of).map((one) => [one.name, one]))
  const references = new Map((of.references ?? []).map((one) => [one.field, one.column]))
  const said = (name: string) => `(import_error.field = '${name}' or import_error.field like '${name}.%')`
  const conditions = Object.keys(of.input.shape).flatMap((name) => {
    const reference = references.get(name)
    if (reference) return `${said(name)} and ${field(reference)} is not null`
    if (of.key.fields.includes(name)) return `${said(name)} and target.id is not null`
    const column = columns.get(name)
    return column ? `${said(name)} and ${isAsBefore(of, column)}` : []
  })
  return `import_row.content -> '$.older' is not null and (${conditions.map((one) => `(${one})`).join(' or ')})`
}

/** Whether a refused value is what the column of the row that is there holds. */
function isAsBefore(of: ImportEntity, { name, shown }: Written): string {
  const given = `'$.older.${name}'`
  const isJson = getTableColumns(of.entity.table)[name]?.dataType === 'json'
  return isJson
    ? `iif(json_valid(import_row.content ->> ${given}), json(import_row.content ->> ${given}) = json(target."${name}"), 0)`
    : `target.id is not null and import_row.content -> ${given} = ${shown(`target."${name}"`)}`
}
