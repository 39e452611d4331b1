import { backedUp, type Catalog, keyOf, lineOf, notePrefix, quoted, type Table } from './catalog.ts'

/** Statements that begin to note which rows change. They say nothing of what happened before. */
export const startNoting = (d1: D1DatabaseSession, catalog: Catalog) =>
  ['delete from backup_change', ...backedUp(catalog).flatMap(triggers)].map((statement) => d1.prepare(statement))

function triggers(table: Table): string[] {
  const [before, now] = [keyOf(table, 'old'), keyOf(table, 'new')]
  const note = (key: string) => `insert into backup_change (table_name, key) select '${table.name}', ${key}`
  const trigger = (event: string, body: string) =>
    `create trigger if not exists ${triggerOf(table, event)} after ${event} on ${quoted(table.name)} begin ${body}; end`
  return [
    trigger('insert', note(now)),
    trigger('update', `${note(now)}; ${note(before)} where ${before} <> ${now}`),
    trigger('delete', note(before)),
  ]
}

const triggerOf = ({ name }: Table, event: string) => quoted(`${notePrefix}${name}_${event}`)

/** Statements that no longer note changes. */
export const stopNoting = (d1: D1DatabaseSession, catalog: Catalog) =>
  [
    ...backedUp(catalog).flatMap((table) =>
      ['insert', 'update', 'delete'].map((event) => `drop trigger if exists ${triggerOf(table, event)}`),
    ),
    'delete from backup_change',
  ].map((statement) => d1.prepare(statement))

export interface ChangedRow {
  /** JSON array of the primary key. */
  key: string
  /** JSON array of all columns; null for a row that is gone. */
  line: string | null
}

/** Each row of `table` with a note in (`from`, `to`], as it is now. */
export function changedRows(d1: D1DatabaseSession, table: Table, from: number, to: number): D1PreparedStatement {
  const same = table.key.map((column, place) => `t.${quoted(column)} = c.key ->> ${place}`).join(' and ')
  return d1
    .prepare(
      `select distinct c.key, iif(t.${quoted(table.key[0]!)} is null, null, ${lineOf(table, 't')}) as line
       from backup_change c left join ${quoted(table.name)} t on ${same}
       where c.table_name = '${table.name}' and c.id > ? and c.id <= ? order by c.key`,
    )
    .bind(from, to)
}
