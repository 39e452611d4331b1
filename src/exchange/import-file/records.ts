import { cellReader, isBlank, trimmed, withoutBlankEnd } from './cells.ts'
import { type CsvRecord, readCsv } from './csv.ts'
import * as z from 'zod'
import type { BlankCells } from '#/platform/words.ts'
import { errors } from './errors.ts'

/** The rows of a file: the fields that it may give, those that an export shows beside them, and the ids that natural keys stand for. */
export interface RowForm {
  input: z.ZodObject
  row: z.ZodObject
  key: { fields: readonly string[]; spare?: string }
  references?: readonly { column: string; field: string }[]
}

/** How a file is read: what its first lines say of it. */
export interface FileForm {
  format: 'csv' | 'ndjson'
  separator: string | null
  columns: string[] | null
  missing: string | null
  blanks: BlankCells
}

/** The values of one row, or what keeps it from having any. */
export type FileRow =
  | { line: number; given: Record<string, unknown> }
  | {
      line: number
      code: 'IMPORT_ROW_MALFORMED' | 'IMPORT_CELL_COUNT' | 'IMPORT_CELL_NAMELESS' | 'IMPORT_QUOTE_RUNS_ON'
      params: Record<string, number>
    }

interface Piece {
  /** The line on which the text begins. */
  line: number
  /** Whether the file ends with it. */
  isLast: boolean
  limit: number
}

/** The whole rows at the start of `text`, how many lines or rows of them are blank, where what is left of it begins, and on which line. */
export function readRows(of: RowForm, form: FileForm, text: string, piece: Piece) {
  return form.format === 'csv' ? csvRows(of, form, text, piece) : ndjsonRows(text, piece)
}

function csvRows({ input }: RowForm, form: FileForm, text: string, piece: Piece) {
  const { records, blank, rest, line } = readCsv(text, form.separator!, piece)
  const filled = records.filter((record) => !isBlank(record))
  const rows = filled.map(rowReader(input.shape, form))
  return { rows, blank: blank + records.length - filled.length, rest, line }
}

function rowReader(shape: z.ZodRawShape, form: FileForm) {
  const [columns, separator] = [form.columns!, form.separator!]
  const valuesOf = cellReader(shape, { ...form, columns, separator })
  const expected = columns.length
  const nameless = columns.flatMap((name, index) => (name === '' ? [index] : []))
  /** A line break belongs to a text of several lines; elsewhere it and a separator in one cell are a row that a quotation mark swallowed. */
  const swallows = (cell: string, index: number) =>
    cell.includes('\n') && cell.includes(separator) && !takesLines(shape[columns[index]!])
  return ({ line, breaks, cells: raw, problem }: CsvRecord): FileRow => {
    const refused = (code: Extract<FileRow, { code: string }>['code'], params = {}) => ({ line, code, params })
    const cells = withoutBlankEnd(trimmed(raw), expected)
    const isWhole = !problem && cells.length === expected
    if (problem === 'unclosed_quote' || (breaks > 0 && (!isWhole || cells.some(swallows))))
      return refused(errors.IMPORT_QUOTE_RUNS_ON.code, { line: problem === 'unclosed_quote' ? line + breaks : line })
    if (problem) return refused(errors.IMPORT_ROW_MALFORMED.code)
    if (!isWhole) return refused(errors.IMPORT_CELL_COUNT.code, { expected, found: cells.length })
    const lost = nameless.find((index) => cells[index] !== '')
    if (lost !== undefined) return refused(errors.IMPORT_CELL_NAMELESS.code, { place: lost + 1 })
    return { line, given: valuesOf(cells) }
  }
}

const takesLines = (field: z.core.$ZodType | undefined) => field !== undefined && z.safeParse(field, 'a\nb').success

function ndjsonRows(text: string, { line, isLast, limit }: Piece) {
  const rows: FileRow[] = []
  let [at, atLine, blank] = [0, line, 0]
  while (at < text.length && rows.length < limit) {
    const end = text.indexOf('\n', at)
    if (end === -1 && !isLast) break
    const one = text.slice(at, end === -1 ? undefined : end).trim()
    if (one === '') blank += 1
    else rows.push(objectOf(one, atLine))
    at = end === -1 ? text.length : end + 1
    atLine += 1
  }
  return { rows, blank, rest: at, line: atLine }
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
