import { harmlessCell } from '#/platform/text/spreadsheet.ts'

/** UTF-8 signature, without which spreadsheets take Greek for another encoding. */
export const byteOrderMark = '\uFEFF'

export type Separator = ',' | ';'

/** One line of RFC 4180, its CRLF included. */
export const csvLine = (values: readonly unknown[], separator: Separator): string =>
  `${values.map((value) => quoted(cellOf(value))).join(separator)}\r\n`

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return harmlessCell(value)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Both separators are quoted, whichever is in use. */
const quoted = (cell: string): string => (/[",;\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
