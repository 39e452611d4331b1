/** UTF-8 signature, without which spreadsheets take Greek for another encoding. */
export const byteOrderMark = '\uFEFF'

export type Separator = ',' | ';'

/** One line of RFC 4180, its CRLF included. */
export const csvLine = (values: readonly unknown[], separator: Separator): string =>
  `${values.map((value) => quoted(cellOf(value))).join(separator)}\r\n`

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return harmless(value)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/**
 * A text that a spreadsheet would run as a formula gets an apostrophe in front; so does one that begins with apostrophes before such a text,
 * so that whoever reads the file gets the text back by taking one apostrophe off `'=`, `''=` and so on. Numbers are left alone.
 */
const harmless = (text: string): string =>
  /^'*[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(?:\.\d+)?$/.test(text) ? `'${text}` : text

/** Both separators are quoted, whichever is in use. */
const quoted = (cell: string): string => (/[",;\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
