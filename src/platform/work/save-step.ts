import { and, eq, exists } from 'drizzle-orm'
import { auditRowsOf, tellHead } from '#/platform/audit/tell-head.ts'
import type { Context } from '#/platform/context.ts'
import { brokenConstraint, errorOf } from '#/platform/database/constraints.ts'
import { expectChange, expectThat } from '#/platform/database/write/guards.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { ApiError } from '#/platform/errors.ts'
import { reactionsTo } from '#/platform/events/subscribers.ts'
import { dispatchAfter } from '#/platform/queue/dispatch.ts'
import { outboxRows } from '#/platform/queue/outbox-rows.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import type { Run, Step, Work, WorkKind } from './kind.ts'

/** Somebody else has gone on with the run: what this worker did of it does not count. */
export class Overtaken extends Error {}

/**
 * One batch: what a step did, and where the run stands then; the run as it is afterwards. Throws Overtaken when it has moved on meanwhile,
 * STALE_STATE when something else did that the step rests on, MAINTENANCE while a backup is restored. Events of a step name ids that are known
 * before it is saved.
 */
export async function saveStep<R extends Run>(
  kind: WorkKind<R>,
  ctx: Context,
  run: R,
  { set, work = [], events = [], instead }: Step<R>,
): Promise<R> {
  const changes = { ...set, step: run.step + 1, updated_at: new Date().toISOString() }
  const moving = ctx.db.update(kind.table).set(changes).where(standing(kind, run))
  const reactions = await reactionsTo(ctx, events)
  const queued = reactions.messages.map((message) => ({ id: ctx.newId(), message }))
  const told = queued.length > 0 ? [outboxRows(ctx, queued)] : []
  try {
    await sendBatch(kind, ctx, [moving, expectChange(ctx), ...work, ...reactions.also, ...told])
    dispatchAfter(ctx, queued)
    return { ...run, ...changes }
  } catch (error) {
    const broken = brokenConstraint(error)
    if (broken === 'write_expected') throw (await hasMoved(kind, ctx, run)) ? new Overtaken() : stale()
    const declared = errorOf(broken)
    if (declared === sharedErrors.MAINTENANCE) throw new ApiError(declared)
    const other = await instead?.(error)
    if (other) return saveStep(kind, ctx, run, other)
    throw declared === sharedErrors.STALE_STATE ? stale() : error
  }
}

const stale = () => new ApiError(sharedErrors.STALE_STATE)

/** A statement that fails its batch when the run has moved on. */
export const unlessMoved = <R extends Run>(kind: WorkKind<R>, ctx: Context, run: R): Statement =>
  expectThat(ctx, exists(ctx.db.select({ id: kind.table.id }).from(kind.table).where(standing(kind, run))))

const standing = <R extends Run>({ table }: WorkKind<R>, { id, step }: R) => and(eq(table.id, id), eq(table.step, step))

async function hasMoved<R extends Run>(kind: WorkKind<R>, ctx: Context, run: R): Promise<boolean> {
  const asking = ctx.db.select({ id: kind.table.id }).from(kind.table).where(standing(kind, run))
  const d1 = kind.session?.(ctx)
  const found = d1 ? await prepared(d1, asking).first() : (await asking)[0]
  return !found
}

async function sendBatch<R extends Run>({ session }: WorkKind<R>, ctx: Context, statements: Work[]): Promise<void> {
  const d1 = session?.(ctx)
  if (!d1) return void (await ctx.db.batch(statements as [Statement, ...Statement[]]))
  const results = await d1.batch(statements.map((one) => prepared(d1, one)))
  const texts = statements.map((one) => (isBuilt(one) ? one.toSQL().sql : ''))
  const rows = auditRowsOf(texts, results)
  if (rows.length > 0) ctx.after(tellHead(ctx.env, rows))
}

/** A statement, for a session that Drizzle does not know. */
export function prepared(d1: D1DatabaseSession, statement: Work): D1PreparedStatement {
  if (!isBuilt(statement)) return statement as D1PreparedStatement
  const { sql: text, params } = statement.toSQL()
  return d1.prepare(text).bind(...params)
}

const isBuilt = (statement: object): statement is { toSQL: () => { sql: string; params: unknown[] } } =>
  'toSQL' in statement
