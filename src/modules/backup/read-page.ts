import { lineOf, quoted, type Table } from './catalog.ts'

/** A page holds at most so many rows and ends with the row that exceeds so many characters. */
const page = { rows: 5000, characters: 512 * 1024 }

/** The lines of the rows behind the key `after` (JSON; null: from the start), in the order of the key, and whether they are the last ones. */
export async function readPage(d1: D1DatabaseSession, table: Table, after: string | null) {
  const key = table.key.map(quoted).join(', ')
  const behind = after === null ? '' : `where (${key}) > (${table.key.map((_, place) => `?1 ->> ${place}`).join(', ')})`
  const statement = d1.prepare(
    `select line from (
       select line, sum(length(line)) over (order by ${key} rows unbounded preceding) - length(line) as before
       from (select ${key}, ${lineOf(table, 't')} as line from ${quoted(table.name)} t ${behind} order by ${key} limit ${page.rows})
     ) where before < ${page.characters}`,
  )
  const rows = await (after === null ? statement : statement.bind(after)).raw<[string]>()
  const lines = rows.map(([line]) => line)
  const characters = lines.reduce((sum, line) => sum + line.length, 0)
  return { lines, isLast: lines.length < page.rows && characters < page.characters }
}

/** The JSON key of a line. */
export function keyOfLine({ columns, key }: Pick<Table, 'columns' | 'key'>, line: string): string {
  const values = JSON.parse(line) as unknown[]
  return JSON.stringify(key.map((column) => values[columns.indexOf(column)]))
}
