import { harmlessCell } from '#/platform/text/spreadsheet.ts'

/** UTF-8 signature, without which spreadsheets take Greek for another encoding. */
export const byteOrderMark = '\uFEFF'

export type Separator = ',' | ';'

/** One line of RFC 4180, its CRLF included. */
export const csvLine = (values: readonly unknown[], separator: Separator): string =>
  `${values.map((value) => cellOf(value, separator)).join(separator)}\r\n`

/** Who reads semicolons reads decimal commas. */
function cellOf(value: unknown, separator: Separator): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return quoted(harmlessCell(value))
  if (typeof value === 'number') return separator === ';' ? String(value).replace('.', ',') : String(value)
  return quoted(typeof value === 'object' ? JSON.stringify(value) : String(value))
}

/** Both separators are quoted, whichever is in use. */
const quoted = (cell: string): string => (/[",;\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
