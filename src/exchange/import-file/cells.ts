import * as z from 'zod'
import { textOfCell } from '#/platform/text/spreadsheet.ts'

type Field = z.core.$ZodType

/** The cells of a record without the blanks around them, those that do not break lines included. */
export const trimmed = (cells: readonly string[]) => cells.map((cell) => cell.trim())

/** The values of one CSV record, for the schema of its fields: numbers and booleans out of text, null out of nothing. Other columns are left aside. */
export function cellReader(
  shape: Record<string, Field>,
  columns: readonly string[],
  missing?: string | null,
): (cells: readonly string[]) => Record<string, unknown> {
  const readers = columns.flatMap((name, index) => {
    const field = shape[name]
    return field ? [{ name, index, read: readersByKind[kindOf(field)], isNullable: takesNull(field) }] : []
  })
  return (cells) => {
    const values: Record<string, unknown> = {}
    for (const { name, index, read, isNullable } of readers) {
      const cell = cells[index]!
      const isEmpty = cell === '' || cell === missing?.trim()
      if (!isEmpty) values[name] = read(cell)
      else if (isNullable) values[name] = null
    }
    return values
  }
}

/** Whether `null` is a value of the field. A field that takes none is simply not given when its cell is empty. */
const takesNull = (field: Field) => z.safeParse(field, null).success

const readersByKind = {
  text: (cell: string): unknown => textOfCell(cell),
  number: (cell: string): unknown => (/^-?\d{1,15}(?:\.\d{1,15})?$/.test(cell) ? Number(cell) : cell),
  boolean: (cell: string): unknown => truth.get(cell.toLowerCase()) ?? cell,
}

const truth = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
])

/** What a field is made of, behind its defaults and its null. */
function kindOf(field: Field): keyof typeof readersByKind {
  const { def } = field as unknown as { def: { type: string; innerType?: Field; in?: Field } }
  const inner = def.innerType ?? (def.type === 'pipe' ? def.in : undefined)
  if (inner) return kindOf(inner)
  return def.type === 'number' || def.type === 'boolean' ? def.type : 'text'
}
