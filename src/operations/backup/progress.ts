import type { Reading } from '#/operations/backup-store/index.ts'
import type { RestoreProgress } from '#/operations/restore/index.ts'
import type { Copying } from '#/operations/snapshot/index.ts'

/** A backup is copied, then read back. A restore reads, and goes on with phases of its own. `left`: what a failed run may have left half made. */
export type Progress =
  | { phase: 'copy'; copying: Copying; left?: string }
  | { phase: 'read'; reading: Reading; left?: string }
  | { phase: 'done' }
  | RestoreProgress

export type ProgressOf<Phase extends Progress['phase']> = Extract<Progress, { phase: Phase }>
