// CSV files as objects, one at a time, by the reader that the server uses, too.
import { readFileSync } from 'node:fs'
import { readCsv, separatorOf } from '../../src/exchange/import-file/csv.ts'

/** The rows of a file. `?` and nothing are null. */
export function* rowsOf(file) {
  const text = readFileSync(file, 'utf8')
  const { separator, start } = separatorOf(text)
  const header = readCsv(text.slice(start), separator, { limit: 1 })
  const names = header.records[0].cells
  for (let at = start + header.rest; at < text.length;) {
    const { records, rest } = readCsv(text.slice(at, at + 1_000_000), separator, {
      isLast: at + 1_000_000 >= text.length,
    })
    for (const { cells } of records) {
      yield Object.fromEntries(names.map((name, index) => [name, given(cells[index])]))
    }
    at += rest
  }
}

const given = (cell) => (cell === '' || cell === '?' ? null : cell)

/** The calendar date some days after another. */
export const dayAfter = (date, days) => new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10)

/** A table for people, columns by name. */
export function printTable(rows) {
  const columns = Object.keys(rows[0])
  const width = (name) => Math.max(name.length, ...rows.map((row) => String(row[name]).length))
  const line = (row) => columns.map((name) => String(row[name]).padStart(width(name))).join('  ')
  console.log(line(Object.fromEntries(columns.map((name) => [name, name]))))
  for (const row of rows) console.log(line(row))
}
