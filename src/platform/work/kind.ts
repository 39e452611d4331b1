import type { SQL } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Context } from '#/platform/context.ts'
import type { Statement } from '#/platform/database/statement.ts'
import type { Happening } from '#/platform/events/event.ts'
import type { Permission } from '#/platform/policy.ts'
import type { QueueName } from '#/platform/queue/queues.ts'

/** Where one piece of work stands, as a row. */
export interface Run {
  id: string
  /** Each step adds one; of two workers that do the same step only one can. */
  step: number
  error_code: string | null
  requested_by: number | null
  created_at: string
  updated_at: string
  /** Null: there is more to do. */
  finished_at: string | null
}

export type RunTable = SQLiteTable & Record<keyof Run, SQLiteColumn>

/** A statement of Drizzle; where a kind has a session of its own, also one of that session. */
export type Work = Statement | D1PreparedStatement

/** What a step did. Its row and its statements are saved in one batch, or not at all. */
export interface Step<R extends Run> {
  /** What the run's row becomes. */
  set: Partial<R>
  work?: readonly Work[]
  /** What happened with it, for whoever subscribes to it in wiring. */
  events?: readonly Happening[]
  /** What is saved instead when the database refuses; undefined where that is no matter of the run. */
  instead?: (error: unknown) => Promise<Step<R>> | Step<R> | undefined
}

/** Where a step is taken. */
export interface Place {
  /** Steps that this message has taken before. */
  taken: number
  /** A statement that fails its batch when somebody else has gone on with the run, for a step of several batches. */
  unlessOvertaken: () => Statement
}

/** What one message may take: far below the limits of its invocation. */
export interface Budget {
  steps: number
  milliseconds: number
}

/** What an error makes of a run that it ends. */
export type Ending<R extends Run> = Partial<R> & { error_code: string }

/** Work that is done in steps by the queue: everything that tells one kind from another. */
export interface WorkKind<R extends Run> {
  /** Of its messages: `import.work`. */
  type: string
  /** The field of a message that names the run. */
  names: string
  permission: Permission
  /** `bulk` for what writes much; left out: `work`. */
  queue?: QueueName
  table: RunTable & { $inferSelect: R }
  /** A run that has not ended and yet waits for a person. */
  resting?: { column: keyof R & string; word: string }
  budget: (run: R) => Budget
  /** A step takes seconds; a run without one for so long has lost its message. */
  strandedMs: number
  /** A run that has not ended by then never will. */
  longestMs: number
  /** A run that has to end before this one goes on. */
  behind?: (ctx: Context, run: R) => Promise<R | undefined>
  /** One step, and what is to be saved of it. Taken twice it has the effect of once. An error that is no ending has it taken again. */
  step: (ctx: Context, run: R, place: Place) => Promise<Step<R>> | Step<R>
  /** How an error ends a run; undefined for one that may not come again. Left out: an error that a module declares ends it. */
  endingOf?: (error: unknown) => Ending<R> | undefined
  /** What is undone when an error ends a run. */
  failing: (ctx: Context, run: R, ending: Ending<R>) => Promise<Step<R>> | Step<R>
  /** The same for one that the queue gives up. Left out: as for an error. */
  givingUp?: (ctx: Context, run: R, ending: Ending<R>) => Promise<Step<R>> | Step<R>
  /** The code of a run that was given up. */
  gaveUp: string
  /** What a run that was given up goes on with; `where` says which can, left out: all. `never` names those that have to be asked for anew. */
  reviving: { set: Record<string, SQL | string | null>; where?: SQL; never?: (run: R) => boolean }
  /** What is left to do outside of the database when a run has ended. Done again whenever a message comes late. */
  ended?: (ctx: Context, run: R) => Promise<void>
  /** Has the kind's batches sent through a session of its own. */
  session?: (ctx: Context) => D1DatabaseSession
}

export const isBusy = <R extends Run>({ resting }: Pick<WorkKind<R>, 'resting'>, run: R): boolean =>
  run.finished_at === null && (!resting || run[resting.column] !== resting.word)
