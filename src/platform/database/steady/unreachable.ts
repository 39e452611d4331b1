/**
 * The database did not answer, several times: nobody knows whether what was sent was written. No ApiError, so that nothing takes it for a
 * verdict on what was asked; the caller of the API gets 503 DATABASE_UNREACHABLE.
 */
export class DatabaseUnreachable extends Error {}

/** Whether that is what went wrong. Drizzle wraps what a statement throws. */
export function isUnreachable(error: unknown): boolean {
  for (let e = error; e instanceof Error; e = e.cause) if (e instanceof DatabaseUnreachable) return true
  return false
}
