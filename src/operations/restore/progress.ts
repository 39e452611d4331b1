import type { Place } from '#/operations/backup-store/index.ts'
import type { Kept } from '#/operations/merge/index.ts'
import type { Copying } from '#/operations/snapshot/index.ts'
import type { Work } from '#/platform/work/kind.ts'

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

/** A restore saves what it replaces as another backup, loads, looks what has to outlive it, and swaps. */
export type RestoreProgress =
  | { phase: 'save'; target: Target; copying: Copying }
  | { phase: 'load'; target: Target; saved: string; loading: Loading }
  | { phase: 'merge'; target: Target; saved: string; isChecked: boolean }
  | { phase: 'swap'; target: Target; saved: string; kept: Kept[] }
  | { phase: 'done'; saved: string; kept: Kept[] }

export type RestoreOf<Phase extends RestoreProgress['phase']> = Extract<RestoreProgress, { phase: Phase }>

/** What a step of a restore makes of its run, and the statements of its batch. */
export interface RestoreStep {
  set: { progress: RestoreProgress; rows?: number; finished_at?: string }
  work: Work[]
}
