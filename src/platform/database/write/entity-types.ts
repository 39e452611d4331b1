import type { SQL } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteSelect, SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Context } from '#/platform/context.ts'
import type { Bookkeeping } from '#/platform/database/columns.ts'
import type { Identifier } from './derived.ts'
import type { Rule } from '#/platform/database/rule/rule.ts'
import type { DeclaredError } from '#/platform/errors.ts'
import type { Database } from '#/platform/database/connect.ts'

export type Table = SQLiteTable & Record<'id' | 'version' | 'deleted_at', SQLiteColumn>
/** What a new row is made of. */
export type Values<T extends Table> = Omit<
  T['$inferInsert'],
  'id' | 'version' | 'created_at' | 'updated_at' | Bookkeeping
>

/** A kind of row with a life of its own: what create, get, update, delete and restore have in common. */
export interface Entity<T extends Table, Rows extends SQLiteSelect> {
  /** The noun in the audit log. */
  name: string
  table: T
  /** Selects live rows in the shape that travels; joins belong here. */
  rows: (db: Database) => Rows
  /** The id column as `rows` selects it. */
  id: SQLiteColumn
  notFound: DeclaredError
  /** What `own` means for each role; left out where the policy knows only `any`. */
  visible?: (ctx: Context) => SQL | undefined
  /** The same for deleted rows, which only `restore` sees; without it `own` restores nothing. */
  restorable?: (ctx: Context) => SQL | undefined
  /** The fields that `?search=` looks through. */
  findable?(row: T['$inferInsert']): (string | null | undefined)[]
  /** Those that it looks through for readers alone who see them. */
  confided?(row: T['$inferInsert']): (string | null | undefined)[]
  /** The texts that rows of other tables repeat. */
  repeated?(row: T['$inferInsert']): (string | null | undefined)[]
  /** The columns of a person's name, in the order in which they count in lists. */
  named?: readonly string[]
  /** The column that people tell such rows apart by: kept as typed, unique by its key. */
  identifier?: Identifier
  /** Where it is unique only among rows that have these columns in common; `taken` is what a second one is refused with. */
  apartIn?: { columns: readonly string[]; taken: DeclaredError }
  /** What such rows are refused for beyond their form, field by field. */
  rules?: readonly Rule[]
  /** The column that says when somebody last said what the row says. Restoring says nothing. */
  stamp?: string
}

/** A row as it travels. */
export type RowOf<Rows extends SQLiteSelect> = Rows['_']['result'][number] & { id: number; version: number }
/** What a change may give. */
export type Given<T extends Table> = { [Field in keyof Values<T>]?: Values<T>[Field] | undefined }

/** Whichever; what it takes and answers are the three types below. */
export type SomeEntity = Entity<Table, SQLiteSelect>
export type RowOfEntity<Of> = Of extends Entity<Table, infer Rows> ? RowOf<Rows> : never
export type ValuesOfEntity<Of extends SomeEntity> = Values<Of['table']>
export type ChangesOfEntity<Of extends SomeEntity> = Given<Of['table']>
