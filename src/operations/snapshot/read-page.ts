import { lineOf, quoted, type Table } from './catalog.ts'

/** Pages are made about so large, and never larger than `most`: what is in memory at a time, and fits into one parameter of D1. */
const characters = { about: 512 * 1024, most: 1_000_000 }
const mostRows = 5000

/** How many rows the first page of a table asks for. */
export const firstLimit = 500

export interface Page {
  /** Rows as JSON arrays, in the order of the key. */
  lines: string[]
  isLast: boolean
  /** How many rows the next page should ask for. */
  limit: number
}

/**
 * The rows behind the key `after` (JSON; null: from the start), about `limit` of them. Where rows are too long for that the database
 * says so instead of sending them, and fewer are asked for.
 */
export async function readPage(
  d1: D1DatabaseSession,
  table: Table,
  { after, limit }: { after: string | null; limit: number },
): Promise<Page> {
  const key = table.key.map(quoted).join(', ')
  const behind = after === null ? '' : `where (${key}) > (${table.key.map((_, place) => `?2 ->> ${place}`).join(', ')})`
  const statement = d1.prepare(
    `with page as materialized
       (select ${lineOf(table, 't')} as line from ${quoted(table.name)} t ${behind} order by ${key} limit ?1)
     select iif(?1 > 1 and (select sum(length(line)) from page) > ${characters.most}, null, line) from page`,
  )
  const rows = await (after === null ? statement.bind(limit) : statement.bind(limit, after)).raw<[string | null]>()
  if (rows[0]?.[0] === null) return readPage(d1, table, { after, limit: Math.ceil(limit / 4) })
  const lines = rows.map(([line]) => line!)
  const average = lines.reduce((sum, line) => sum + line.length, 1) / (lines.length || 1)
  const next = Math.min(mostRows, Math.ceil(characters.about / average))
  return { lines, isLast: lines.length < limit, limit: next }
}

/** Lines that are there already, in pages of that size. */
export function pagesOf(lines: readonly string[]): string[][] {
  const pages: string[][] = []
  let room = 0
  for (const line of lines) {
    if (line.length > room) {
      pages.push([])
      room = characters.about
    }
    pages.at(-1)!.push(line)
    room -= line.length
  }
  return pages
}

/** The JSON key of a line. */
export function keyOfLine({ columns, key }: Pick<Table, 'columns' | 'key'>, line: string): string {
  const values = JSON.parse(line) as unknown[]
  return JSON.stringify(key.map((column) => values[columns.indexOf(column)]))
}
