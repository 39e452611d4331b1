import type { DeclaredError, Params, Phrase } from '#/platform/errors.ts'
import type { SQL } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import type { Identifier } from '#/platform/database/write/derived.ts'
import type { Statement } from '#/platform/database/statement.ts'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Settings } from '#/platform/env.ts'
import type * as z from 'zod'

/**
 * What the import of one kind of row is made of. Its SQL is text, for the reasons and figures in `import-plan/row-sql.ts`, over a staged row
 * (`import_row`): `{field}` stands for a value of the row, `{import}` for the import. Rows that would change one have its id in `import_row.target_id`.
 */
export interface ImportEntity {
  /** The module's own entity: noun in the audit log, table, searchable fields. */
  entity: ImportedEntity
  /** One row as lists and exports show it. What of it is not in `input` is left aside, so that an export can come back. */
  row: z.ZodObject
  /** One row as a file gives it: the module's input with natural keys in place of ids. */
  input: z.ZodObject
  /** Columns that no field is called by, and the field that `staged` fills them from. */
  companions?: Readonly<Record<string, string>>
  /** What a row gives, as the columns hold it, where that is not the same. */
  staged?: (content: Readonly<Record<string, unknown>>, settings: Settings) => Record<string, unknown>
  /**
   * The natural key: columns of the table, and the fields of the file that stand for them. A line may do without `spare` (a column and its field)
   * where the rest means one row.
   */
  key: { columns: readonly string[]; fields: readonly string[]; zeros?: Zeros; spare?: string }
  /** Natural keys that become ids, in this order. */
  references?: readonly Reference[]
  /** What the database would refuse as well, said beforehand and for many rows at once. */
  checks?: readonly Check[]
  /** The same over the whole file, once every row is known to be new, changed or the same. */
  wholeChecks?: readonly Check[]
  /** What is said of a new row that is written all the same. */
  warnings?: readonly Check[]
  /** The same of a row that is changed. */
  changeWarnings?: readonly Check[]
  /** Columns, unique beside the key, whose values the rows of one file may hand on to each other. */
  exchanged?: readonly string[]
  /** What to say of a row, and of which field, when such a constraint refuses it; else the text of its error. */
  problems?: Readonly<Record<string, Phrase & { field: string }>>
  /** Parameters, beside the row's own values, for the texts of what only the database can refuse. */
  blame?: Params
  /** The column that names who wrote the row. */
  writtenBy?: string
  /** Values of the day for fields that a file may leave out. */
  defaults?: (today: string) => Record<string, unknown>
  /** What the calendar says of a value, told beside whatever else is wrong: `require` throws an ApiError. */
  rules?: readonly { field: string; require: (value: string, today: string) => void }[]
  /** What goes with changes of rows, before they are written; `changed` is a relation of target_id and content. */
  beforeUpdates?: (ctx: Context, changed: SQL, summary: SQL) => Statement[]
  /** The key of a deleted row is free, as at the front door. Otherwise such a row is to be restored first. */
  deletedMayReturn?: boolean
}

export interface ImportedEntity {
  name: string
  table: SQLiteTable & Record<'id' | 'version' | 'deleted_at', SQLiteColumn>
  findable?: (row: never) => (string | null | undefined)[]
  confided?: (row: never) => (string | null | undefined)[]
  named?: readonly string[]
  identifier?: Identifier
  stamp?: string
}

export interface Reference {
  /** The column that gets the id. */
  column: string
  /** The field that is blamed when nothing is found. */
  field: string
  /** Selects the id. */
  select: string
  /** The ids that it looks up by further fields, in this order: where one of them finds nothing, its field is blamed instead. */
  within?: readonly Reference[]
  /** A row may name none. */
  isOptional?: boolean
  /** Keys, among those that it is found by, that a spreadsheet may have taken zeros from. */
  zeros?: readonly Zeros[]
}

/** A key as a field gives it, and SQL that selects the one with zeros in front, where only that is there. */
export interface Zeros {
  field: string
  select: string
}

export interface Check {
  error: DeclaredError
  /** In place of the error's own text, where that says several things: each is told, whatever else of them is. */
  says?: Phrase
  field: string | null
  /** Of a check over the whole file: a relation with the `line` of the rows that it is about, for what a row cannot look up by itself. */
  beside?: string
  /** True for a row that is refused. */
  when: string
  /** More parameters of the error's text. */
  params?: Record<string, string>
  /** The fields that it looks at, where its text tells of more. */
  fields?: readonly string[]
}
