import { ApiError } from '#/platform/errors.ts'

/** Whether a write came too late: somebody else was quicker. */
export const isStale = (error: unknown): boolean => error instanceof ApiError && error.code === 'STALE_STATE'

/** Whether a backup is being restored: nothing can be written now, and it says nothing about the work itself. */
export const isMaintenance = (error: unknown): boolean => error instanceof ApiError && error.code === 'MAINTENANCE'

/** For `.catch` after a write that is nobody's loss when somebody else was quicker. */
export function leaveToOthers(error: unknown): void {
  if (!isStale(error)) throw error
}
