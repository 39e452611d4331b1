import { getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { getTableConfig } from 'drizzle-orm/sqlite-core'

/** Who has a salt on the own row. */
export type PersonKind = 'student' | 'account' | 'application' | 'invitation'

/** The row of a person, with the salt without which nothing that is sealed for them can be read. */
export interface Person {
  table: SQLiteTable
  id: SQLiteColumn
  salt: SQLiteColumn
}

type Names<T extends SQLiteTable> = readonly (keyof T['$inferSelect'] & string)[]

interface Declared<T extends SQLiteTable> {
  /** Whose data its rows are; null: nobody's, or those of many. */
  of: PersonKind | null
  /** The column that names the person, or the columns that lead there from table to table. */
  by?: SQLiteColumn | SQLiteColumn[]
  /** Columns that tell something of the person: names, addresses, free text. */
  personal?: Names<T>
  /** All others. */
  other: Names<T>
  /** What the audit log calls its rows, where that is not the name of the table. */
  nouns?: readonly string[]
}

/** Whose data the rows of a table are, and which columns tell of the person. */
export interface Subject {
  table: string
  of: PersonKind | null
  /** SQL: the number of the person behind the row with this id. */
  person?: (id: SQL) => SQL
  personal: readonly string[]
  columns: readonly string[]
  nouns: readonly string[]
}

/** The table of a kind of person, with its salts. */
export const saltOf = (table: SQLiteTable & { id: SQLiteColumn; audit_salt: SQLiteColumn }): Person => ({
  table,
  id: table.id,
  salt: table.audit_salt,
})

const byTable = new Map<string, Subject>()
const byNoun = new Map<string, Subject>()
const personalNames = new Set<string>()
let people: Partial<Record<PersonKind, Person>> = {}

/** Declares, beside a table, whose data its rows are. */
export function belonging<T extends SQLiteTable>(table: T, declared: Declared<T>): void {
  const { of, by, personal = [], other, nouns } = declared
  const { name } = getTableConfig(table)
  const columns = getTableColumns(table)
  const named = (fields: Names<T>) => fields.map((field) => columns[field]!.name)
  const subject: Subject = {
    table: name,
    of,
    ...(by && { person: (id: SQL) => [by].flat().reduce(step, id) }),
    personal: named(personal),
    columns: named([...personal, ...other]),
    nouns: nouns ?? [name],
  }
  byTable.set(name, subject)
  for (const noun of subject.nouns) byNoun.set(noun, subject)
  if (of) for (const column of subject.personal) personalNames.add(column)
}

/** SQL: what a column says in the row with this key; a key says itself. */
function step(id: SQL, column: SQLiteColumn): SQL {
  const key = Object.values(getTableColumns(column.table)).find(({ primary }) => primary)
  return column === key
    ? sql`cast(${id} as integer)`
    : sql`(select ${column} from ${column.table} where ${key} = ${id})`
}

/** Whose data the rows of every table are. */
export const subjects = (): readonly Subject[] => [...byTable.values()]

/** Hands over where each kind of person has the salt, once at start. */
export function namePersons(persons: Record<PersonKind, Person>): void {
  people = persons
}

/** Whose data rows of this noun of the audit log are; undefined for what is no row. */
export const subjectNamed = (noun: string): Subject | undefined => byNoun.get(noun)

export const personOf = (kind: PersonKind): Person => people[kind]!

/** Whether a field of this name is personal wherever it stands, as within the list of a whole class. */
export const isPersonalAnywhere = (field: string): boolean => personalNames.has(field)
