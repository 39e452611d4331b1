import { type AuditEntry, auditRow } from '#/platform/audit/audit-row.ts'
import { withChanges } from '#/platform/audit/with-changes.ts'
import type { Context } from '#/platform/context.ts'
import type { Params } from '#/platform/errors.ts'
import type { Happening } from '#/platform/events/event.ts'
import { reactionsTo } from '#/platform/events/subscribers.ts'
import { dispatchAfter, type Queued } from '#/platform/queue/dispatch.ts'
import type { Message } from '#/platform/queue/message.ts'
import { isOpen, outboxRows } from '#/platform/queue/outbox-rows.ts'
import { asApiError } from '#/platform/database/constraints.ts'
import { expectChange } from './guards.ts'
import { rememberWrite } from './idempotency.ts'
import type { ResultOf, Statement } from '#/platform/database/statement.ts'

interface Write<Change extends Statement, Read extends Statement> {
  /** What must have happened for the change to be possible: statements of the same transaction. */
  before?: readonly Statement[]
  /** The change itself. When it touches no row its precondition no longer holds and the whole write fails: 409 STALE_STATE. */
  change: Change
  audit: AuditEntry
  /** More statements of the same transaction, run after the audit row. */
  also?: readonly Statement[]
  /** What happened in the words of the area, for whoever subscribes to it in wiring. */
  events?: readonly Happening[]
  /** What must happen afterwards: sent to the queue after the commit, and by cron if that fails. */
  outbox?: readonly Message[]
  /** Reads the new state in the same round trip. */
  read?: Read
  /** What else the answer is to tell: more reads of that round trip, by their names for it. */
  asks?: Readonly<Record<string, Statement>>
  /** Fills the text of an error that a broken constraint raises. */
  blame?: Params
}

/**
 * The only way to change the database: one batch, all or nothing, that carries the change, its precondition, its audit row, what
 * subscribers of its events add, and what must happen afterwards. Throws the ApiError that a module names for the constraint that broke.
 */
export async function write<Change extends Statement, Read extends Statement>(
  ctx: Context,
  parts: Write<Change, Read>,
) {
  const { before = [], change, audit, events = [], outbox = [], read, asks = {}, blame = {} } = parts
  const reactions = await reactionsTo(ctx, events)
  const answers = [...reactions.answers, ...Object.entries(asks)]
  const also = [...(parts.also ?? []), ...reactions.also]
  const queued = [...outbox, ...reactions.messages].map((message) => ({ id: ctx.newId(), message }))
  const statements = [
    ...before,
    change,
    expectChange(ctx),
    auditRow(ctx, withChanges(audit, reactions)),
    ...also,
    ...(queued.length > 0 ? [outboxRows(ctx, queued)] : []),
    ...rememberWrite(ctx),
    ...answers.map(([, answer]) => answer),
    ...(read ? [read] : []),
  ] as [Statement, ...Statement[]]
  const results = await ctx.db.batch(statements).catch((error: unknown) => {
    throw asApiError(error, blame, ctx)
  })
  dispatchAfter(ctx, queued.some(isOpen) ? (results[before.length + 3 + also.length] as Queued[]) : queued)
  const told = results.slice(results.length - answers.length - (read ? 1 : 0))
  return {
    changed: results[before.length] as ResultOf<Change>,
    read: (read ? results.at(-1) : undefined) as ResultOf<Read>,
    /** What subscribers and `asks` add to the answer, by their names for it. */
    answers: Object.fromEntries(answers.map(([name], i) => [name, told[i]])) as Record<string, unknown[]>,
  }
}
