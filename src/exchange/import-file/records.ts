import { cellReader } from './cells.ts'
import { readCsv, separatorOf } from './csv.ts'
import type * as z from 'zod'
import { ApiError } from '#/platform/errors.ts'
import { errors } from './errors.ts'

/** The rows of a file: the fields that it may give, those that an export shows beside them, and the ids that natural keys stand for. */
export interface RowForm {
  input: z.ZodObject
  row: z.ZodObject
  references?: readonly { column: string; field: string }[]
}

/** How a file is read: what its first lines say of it. */
export interface FileForm {
  format: 'csv' | 'ndjson'
  separator: string | null
  columns: string[] | null
  missing: string | null
}

/** The values of one row, or what keeps it from having any. */
export type FileRow =
  | { line: number; given: Record<string, unknown> }
  | { line: number; code: 'IMPORT_ROW_MALFORMED' | 'IMPORT_CELL_COUNT'; params: Record<string, number> }

/** The header of a CSV file; where its rows begin. Throws for columns that are unknown, missing or there twice. */
export function readHeader(text: string, { input, row, references = [] }: RowForm) {
  const separator = separatorOf(text)
  const { records, rest, line } = readCsv(text, separator, { limit: 1 })
  const [header] = records
  if (!header || header.problem) throw new ApiError(errors.IMPORT_HEADER_MISSING)
  const columns = header.cells.map((cell) => cell.trim())
  const known = Object.keys(input.shape)
  const named = (names: string[]) => names.join(', ').slice(0, 300)
  /** An id is shown beside the natural key, but does not stand for it. */
  const isAlone = (name: string) => references.some(({ column, field }) => column === name && !columns.includes(field))
  const unknown = columns.filter((name) => !known.includes(name) && (!(name in row.shape) || isAlone(name)))
  if (unknown.length > 0)
    throw new ApiError(errors.IMPORT_COLUMN_UNKNOWN, { columns: named(unknown), known: known.join(', ') })
  const twice = columns.filter((name, index) => columns.indexOf(name) !== index)
  if (twice.length > 0) throw new ApiError(errors.IMPORT_COLUMN_TWICE, { columns: named(twice) })
  const absent = known.filter((name) => !columns.includes(name) && !input.shape[name]!.safeParse(undefined).success)
  if (absent.length > 0) throw new ApiError(errors.IMPORT_COLUMN_MISSING, { columns: named(absent) })
  return { separator, columns, rest, line }
}

interface Piece {
  /** The line on which the text begins. */
  line: number
  /** Whether the file ends with it. */
  isLast: boolean
  limit: number
}

/** The whole rows at the start of `text`, where what is left of it begins, and on which line. */
export function readRows(of: RowForm, form: FileForm, text: string, piece: Piece) {
  return form.format === 'csv' ? csvRows(of, form, text, piece) : ndjsonRows(text, piece)
}

function csvRows({ input }: RowForm, { separator, columns, missing }: FileForm, text: string, piece: Piece) {
  const { records, rest, line } = readCsv(text, separator!, piece)
  const valuesOf = cellReader(input.shape, columns!, missing)
  const expected = columns!.length
  const rows = records.map((record): FileRow => {
    if (record.problem) return { line: record.line, code: errors.IMPORT_ROW_MALFORMED.code, params: {} }
    const found = record.cells.length
    if (found !== expected)
      return { line: record.line, code: errors.IMPORT_CELL_COUNT.code, params: { expected, found } }
    return { line: record.line, given: valuesOf(record.cells) }
  })
  return { rows, rest, line }
}

function ndjsonRows(text: string, { line, isLast, limit }: Piece) {
  const rows: FileRow[] = []
  let [at, atLine] = [0, line]
  while (at < text.length && rows.length < limit) {
    const end = text.indexOf('\n', at)
    if (end === -1 && !isLast) break
    const one = text.slice(at, end === -1 ? undefined : end).trim()
    if (one !== '') rows.push(objectOf(one, atLine))
    at = end === -1 ? text.length : end + 1
    atLine += 1
  }
  return { rows, rest: at, line: atLine }
}

function objectOf(text: string, line: number): FileRow {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { line, given: value as Record<string, unknown> }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  return { line, code: errors.IMPORT_ROW_MALFORMED.code, params: {} }
}
