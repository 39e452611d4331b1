/** What stands in the last chunk. */
export interface Manifest {
  name: string
  started_at: string
  finished_at: string
  /** The names of the migrations that made the schema. */
  migrations: string[]
  /** The statements that make the schema, in the order in which they can be executed. */
  schema: string[]
  tables: TableEntry[]
}

export interface TableEntry {
  name: string
  columns: string[]
  /** The columns of the primary key. */
  key: string[]
  /** Rows of the restored table. */
  rows: number
  /** Chunks of both kinds. */
  chunks: number
  /** Hex; see `chain`. */
  sha256: string
}

/** Rows of all tables. */
export const rowsOf = ({ tables }: Manifest): number => tables.reduce((sum, { rows }) => sum + rows, 0)
