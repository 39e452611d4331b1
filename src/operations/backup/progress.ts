/** An object in R2 that holds whole chunks. */
export interface Segment {
  key: string
  bytes: number
}

/** Of the chunks of a table so far. */
export interface TableProgress {
  chunks: number
  sha256: string
}

/** Where the making of a backup stands. */
export interface Copying {
  name: string
  /** Base64. */
  header: string
  /** How many migrations had been applied when changes began to be noted; null before that, when nothing is copied yet. */
  migrations: number | null
  /** `rows` of `table` behind the JSON key `after`, then the `changes` behind the note `through`. */
  part: 'rows' | 'changes'
  table: number
  after: string | null
  /** Rows that the next page asks for. */
  limit: number
  through: number
  /** The number of the next chunk. */
  chunk: number
  rows: number
  segments: Segment[]
  tables: Record<string, TableProgress>
}

/** A segment, and the number of its first chunk. */
export interface Place {
  segment: number
  chunk: number
}

/** Where the reading of a backup stands: every chunk of it is opened, and each table's hash grows. */
export interface Reading extends Place {
  tables: Record<string, TableProgress>
  /** Where the changes begin. */
  changes: Place | null
  rows: number
}

/** Where the loading of a backup stands: first its changes, then its rows. */
export interface Loading extends Place {
  part: 'changes' | 'rows'
  /** How many tables have all their rows. */
  complete: number
}

/** What a restore knows of a backup once all of it was read. */
export interface Target {
  changes: Place | null
  /** Rows of each table. */
  counts: Record<string, number>
  /** How many migrations made its schema. */
  migrations: number
}

/** A backup is copied, then read back. A restore reads, saves what it replaces as another backup, loads, and swaps. */
export type Progress =
  | { phase: 'copy'; copying: Copying }
  | { phase: 'read'; reading: Reading }
  | { phase: 'save'; target: Target; copying: Copying }
  | { phase: 'load'; target: Target; saved: string; loading: Loading }
  | { phase: 'swap'; target: Target; saved: string }
  | { phase: 'done'; saved?: string }

export type ProgressOf<Phase extends Progress['phase']> = Extract<Progress, { phase: Phase }>
