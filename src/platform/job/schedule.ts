import type { Context } from '#/platform/context.ts'

/** What a run did, where a number alone does not say it. */
export interface Report {
  handled: number
  /** Where the next run goes on; 0 for the beginning. */
  position?: number
  /** The run did its work and found something wrong. */
  error_code?: string | undefined
}

/**
 * Work that the clock starts: bounded in each run and idempotent. `position` is where the last run left off, 0 for the beginning. Returns
 * how many rows, files or messages it handled; throws when it could not do its work.
 */
export type Job = (ctx: Context, position: number) => Promise<number | Report>

/** Name -> job, in the order in which they run. */
export type Jobs = Record<string, Job>

/** Cron expression (UTC) -> its jobs. */
export type Schedule = Record<string, Jobs>
