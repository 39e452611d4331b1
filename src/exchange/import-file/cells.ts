import * as z from 'zod'
import type { BlankCells } from '#/platform/words.ts'
import { textOfCell } from '#/platform/text/spreadsheet.ts'
import type { CsvRecord } from './csv.ts'

type Field = z.core.$ZodType

/** The cells of a record without the blanks around them, those that do not break lines included. */
export const trimmed = (cells: readonly string[]) => cells.map((cell) => cell.trim())

export const isBlank = ({ cells, problem }: CsvRecord) => !problem && cells.every((cell) => cell.trim() === '')

/** A spreadsheet writes cells as far as anything ever stood in its columns. */
export const withoutBlankEnd = (cells: string[], from = 0) =>
  cells.slice(0, Math.max(from, cells.findLastIndex((cell) => cell !== '') + 1))

interface Cells {
  columns: readonly string[]
  separator: string
  /** What means the same as nothing. */
  missing: string | null
  /** Whether nothing is a value, or no word about the one that is there. */
  blanks: BlankCells
}

/** The values of one CSV record, for the schema of its fields: numbers and booleans out of text, null out of nothing. Other columns are left aside. */
export function cellReader(
  shape: Record<string, Field>,
  { columns, separator, missing, blanks }: Cells,
): (cells: readonly string[]) => Record<string, unknown> {
  const readersByKind = { text: textOfCell, number: separator === ',' ? decimal : decimalOrComma, boolean }
  const readers = columns.flatMap((name, index) => {
    const field = shape[name]
    return field
      ? [{ name, index, read: readersByKind[kindOf(field)], isCleared: blanks === 'clear' && takesNull(field) }]
      : []
  })
  return (cells) => {
    const values: Record<string, unknown> = {}
    for (const { name, index, read, isCleared } of readers) {
      const cell = cells[index]!
      const isEmpty = cell === '' || cell === missing?.trim()
      if (!isEmpty) values[name] = read(cell)
      else if (isCleared) values[name] = null
    }
    return values
  }
}

/** Whether `null` is a value of the field. A field that takes none is simply not given when its cell is empty. */
const takesNull = (field: Field) => z.safeParse(field, null).success

const decimal = (cell: string) => (/^-?\d{1,15}(?:\.\d{1,15})?$/.test(cell) ? Number(cell) : cell)

/** Where cells are not separated by commas, those are decimal: so write spreadsheets whose language has them. There are no thousands. */
function decimalOrComma(cell: string) {
  const number = decimal(cell.includes('.') ? cell : cell.replace(',', '.'))
  return typeof number === 'number' ? number : cell
}

const boolean = (cell: string) => truth.get(cell.toLowerCase()) ?? cell

const truth = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
])

/** What a field is made of, behind its defaults and its null. */
function kindOf(field: Field): 'text' | 'number' | 'boolean' {
  const { def } = field as unknown as { def: { type: string; innerType?: Field; in?: Field } }
  const inner = def.innerType ?? (def.type === 'pipe' ? def.in : undefined)
  if (inner) return kindOf(inner)
  return def.type === 'number' || def.type === 'boolean' ? def.type : 'text'
}
