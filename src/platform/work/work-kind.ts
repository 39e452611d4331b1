import { and, eq, sql } from 'drizzle-orm'
import * as z from 'zod'
import type { AuditEntry } from '#/platform/audit/audit-row.ts'
import type { Context } from '#/platform/context.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { write } from '#/platform/database/write/write.ts'
import { type MessageType, messageType } from '#/platform/queue/message-types.ts'
import { findRun } from './find-runs.ts'
import { giveUp, handleMessage, messageOf } from './handle-message.ts'
import { type Budget, isBusy, type Run, type RunTable, type WorkKind } from './kind.ts'
import { resume } from './resume.ts'
import { takeSteps } from './take-steps.ts'

/** A kind of work for whom all are alike. */
export interface AnyWork {
  messageType: MessageType
  message(id: string): { type: string }
  find(ctx: Context, id: string): Promise<Run | undefined>
  resume(ctx: Context): Promise<number>
}

const kinds = new Map<string, AnyWork>()

/** Every kind of work there is, by the type of its messages. */
export const everyWork: ReadonlyMap<string, AnyWork> = kinds

/** Declares a kind of work: what the queue, the clock and its module need of it. */
export function workKind<Table extends RunTable & { $inferSelect: Run }>(
  kind: WorkKind<Table['$inferSelect']> & { table: Table },
) {
  if (kinds.has(kind.type)) throw new Error(`${kind.type} is declared twice`)
  const work = made<Table>(kind)
  kinds.set(kind.type, work)
  return work
}

const made = <Table extends RunTable & { $inferSelect: Run }>(
  kind: WorkKind<Table['$inferSelect']> & { table: Table },
) => ({
  /** What the queue does with its messages. */
  messageType: messageType(
    kind.type,
    { [kind.names]: z.string() },
    {
      permission: kind.permission,
      queue: kind.queue ?? 'work',
      handle: (ctx, message) => handleMessage(kind, ctx, message[kind.names]!),
      giveUp: (ctx, message) => giveUp(kind, ctx, message[kind.names]!),
      revive: (ctx, message) => reviving(kind, ctx, message[kind.names]!),
      isOver: async (ctx, message) => {
        const run = await findRun(kind, ctx, message[kind.names]!)
        return run !== undefined && (kind.reviving.never?.(run) ?? false)
      },
    },
  ),

  /** The job that takes up runs whose message was lost. */
  resume: (ctx: Context) => resume(kind, ctx),

  isBusy: (run: Table['$inferSelect']) => isBusy(kind, run),

  /** The message that has the queue work on a run, for the write that begins one. */
  message: (id: string) => messageOf(kind, id),

  find: (ctx: Context, id: string) => findRun(kind, ctx, id),

  /** Writes a new run with its message, and answers it. */
  begin: async (
    ctx: Context,
    row: Table['$inferInsert'] & { id: string },
    audit: AuditEntry,
    also: readonly Statement[] = [],
  ) => {
    const { read } = await write(ctx, {
      change: ctx.db.insert(kind.table as RunTable).values(row),
      audit,
      also,
      outbox: [messageOf(kind, row.id)],
      read: ctx.db
        .select()
        .from(kind.table as RunTable)
        .where(eq(kind.table.id, row.id)),
    })
    return (read as Table['$inferSelect'][])[0]!
  },

  /** What one message does: a few steps. */
  handle: (ctx: Context, id: string) => handleMessage(kind, ctx, id),

  giveUp: (ctx: Context, id: string) => giveUp(kind, ctx, id),

  /** Goes on with a run in the request itself. `step` is taken in place of the kind's own. */
  takeSteps: (
    ctx: Context,
    run: Table['$inferSelect'],
    budget: Budget,
    step: WorkKind<Table['$inferSelect']>['step'] = kind.step,
  ) => takeSteps({ ...kind, step }, ctx, run, budget),
})

/** A statement that lets a run which was given up begin once more. */
const reviving = <R extends Run>({ table, gaveUp, reviving }: WorkKind<R>, ctx: Context, id: string): Statement =>
  ctx.db
    .update(table)
    .set({
      ...reviving.set,
      error_code: null,
      finished_at: null,
      updated_at: ctx.now,
      step: sql`${table.step} + 1`,
    })
    .where(and(eq(table.id, id), eq(table.error_code, gaveUp), reviving.where))
