import { type SQL, sql } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import type { Context } from '#/platform/context.ts'
import { ApiError, type DeclaredError, type Params } from '#/platform/errors.ts'
import { describe, log } from '#/platform/log.ts'
import { asApiError } from './constraints.ts'
import { auditLog, type Changes, expectWrite, idempotencyKey, type Message, outbox } from './tables.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export type Statement = BatchItem<'sqlite'>
type ResultOf<S> = S extends Statement ? S['_']['result'] : undefined

export interface AuditEntry {
  /** The noun of the row that changed: `program`, `enrollment`. The action is the permission of the operation. */
  entity: string
  /** Left out: the row that `change` inserted. */
  id?: number | string | null
  /** As SQL where the database itself decides what is new. */
  changes?: Changes | SQL
  summary?: string
  reason?: string | null | undefined
}

interface Write<Change extends Statement, Read extends Statement> {
  /** The change itself. When it touches no row its precondition no longer holds and the whole write fails: 409 STALE_STATE. */
  change: Change
  audit: AuditEntry
  /** More statements of the same transaction, run after the audit row. */
  also?: readonly Statement[]
  /** What must happen afterwards: sent to the queue after the commit, and by cron if that fails. */
  outbox?: readonly Message[]
  /** The field of those messages that takes the id of the row that `change` inserted. */
  idAs?: string
  /** Reads the new state in the same round trip. */
  read?: Read
  /** Fills the text of an error that a broken constraint raises. */
  blame?: Params
}

/**
 * The only way to change the database: one batch, all or nothing, that carries the change, its precondition, its audit row and what
 * must happen afterwards. Throws the ApiError that a module names for the constraint that broke.
 */
export async function write<Change extends Statement, Read extends Statement>(
  ctx: Context,
  parts: Write<Change, Read>,
) {
  const { change, audit, also = [], outbox: messages = [], idAs, read, blame = {} } = parts
  const queued = messages.map((message) => ({ id: ctx.newId(), message }))
  const statements: [Statement, ...Statement[]] = [
    change,
    expectChange(ctx),
    auditRow(ctx, audit),
    ...also,
    ...(queued.length > 0 ? [outboxRows(ctx, queued, idAs)] : []),
    ...(ctx.idempotency ? [idempotencyRow(ctx, ctx.idempotency)] : []),
    ...(read ? [read] : []),
  ]
  const results = await ctx.db.batch(statements).catch((error: unknown) => {
    throw asApiError(error, blame)
  })
  const kept = queued.length > 0 ? (results[3 + also.length] as Queued[]) : []
  if (kept.length > 0) ctx.after(dispatch(ctx, kept).catch(leftToCron))
  return { changed: results[0] as ResultOf<Change>, read: (read ? results.at(-1) : undefined) as ResultOf<Read> }
}

/** A row for an attempt that was refused: by whom, what, and why. `also` counts it. */
export async function recordDenial(
  ctx: Context,
  { entity, id, summary }: { entity: string; id: number | null; summary: string },
  also: readonly Statement[] = [],
): Promise<void> {
  await ctx.db.batch([auditRow(ctx, { entity, id, summary }, false), ...also])
}

/** A row for an act whose effect is not in the database, such as the deletion of a file. */
export async function recordAct(ctx: Context, audit: AuditEntry & { id: number | string }): Promise<void> {
  await auditRow(ctx, audit)
}

/** The id of the row that this write inserted, for a `read` in the same batch: its audit row is the newest one. */
export const writtenId = sql<number>`(select cast(entity_id as integer) from audit_log order by id desc limit 1)`

/** How many messages the queue takes at once. */
const queueBatch = 100

interface Queued {
  id: string
  message: Message
}

/** Sends outbox rows to the queue and forgets them. A crash between the two sends twice: consumers are idempotent by id. */
export async function dispatch(ctx: Pick<Context, 'env' | 'db'>, rows: readonly Queued[]) {
  const bodies = rows.map(({ id, message }) => ({ body: { id, ...message } }))
  for (let first = 0; first < bodies.length; first += queueBatch)
    await ctx.env.QUEUE.sendBatch(bodies.slice(first, first + queueBatch))
  const ids = JSON.stringify(rows.map((row) => row.id))
  await ctx.db.delete(outbox).where(sql`${outbox.id} in (select value from json_each(${ids}))`)
}

/** One statement, however many messages. Answers them as they rest. */
function outboxRows(ctx: Context, queued: readonly Queued[], idAs?: string) {
  const message = idAs ? sql`json_set(value -> 'message', ${`$.${idAs}`}, ${writtenId})` : sql`value -> 'message'`
  return ctx.db
    .insert(outbox)
    .select(sql`select value ->> 'id', ${message}, ${ctx.now} from json_each(${JSON.stringify(queued)})`)
    .returning({ id: outbox.id, message: outbox.message })
}

/** The rows are still in the outbox: the sweep sends them. */
const leftToCron = (error: unknown) => log('error', 'outbox_not_sent', describe(error))

/** Fails the batch unless the statement before it changed a row; `write` puts one behind the change itself. */
export const expectChange = (ctx: Pick<Context, 'db'>) => expectThat(ctx, sql`changes() > 0`)

/** Fails the batch with STALE_STATE unless the condition holds: a precondition of a write, among `also`. */
export const expectThat = (ctx: Pick<Context, 'db'>, condition: SQL) =>
  ctx.db.insert(expectWrite).select(sql`select 0 where not (${condition})`)

/** Changes with more that only the database knows by then: `named` yields a JSON object. */
export const withNames = (changes: Changes, named: SQL | undefined) =>
  named ? sql`json_patch(${JSON.stringify(changes)}, ${named})` : changes

const attempts = 5

/**
 * Runs a decision with its write. When another write came in between, the decision no longer holds: it is made again from what is there
 * now, a few times at most. `lost` are the errors that say so. Throws STALE_STATE when others are faster every time.
 */
export async function settle<Result>(
  decide: () => Promise<Result>,
  lost: readonly DeclaredError[] = [sharedErrors.STALE_STATE],
): Promise<Result> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    try {
      return await decide()
    } catch (error) {
      if (!(error instanceof ApiError) || !lost.includes(error.declared)) throw error
    }
  }
  throw new ApiError(sharedErrors.STALE_STATE)
}

/** The audit row of an act, for a batch that is not `write`'s. */
export function auditRow(ctx: Context, { entity, id, changes = {}, summary, reason }: AuditEntry, success = true) {
  const { actor, origin } = ctx
  return ctx.db.insert(auditLog).values({
    at: ctx.now,
    actor_id: actor.id,
    actor_role: actor.role,
    action: ctx.permission,
    entity_type: entity,
    entity_id: id === undefined ? sql`cast(last_insert_rowid() as text)` : id === null ? null : String(id),
    changes,
    summary: summary ?? null,
    reason: reason ?? null,
    success,
    method: origin.method,
    path: origin.path,
    status: origin.status,
    ip: origin.ip,
    user_agent: origin.userAgent,
    request_id: ctx.requestId,
  })
}

/** Audit rows of many changes at once, one for each row of `from`, for a batch that `write` is too small for. */
export function auditRows(ctx: Context, of: { entity: string; id: SQL; changes: SQL; summary: SQL; from: SQL }) {
  const { actor, origin } = ctx
  return ctx.db.insert(auditLog).select(
    sql`select null, ${ctx.now}, ${actor.id}, ${actor.role}, ${ctx.permission}, ${of.entity}, cast(${of.id} as text), ${of.changes},
      ${of.summary}, null, 1, ${origin.method}, ${origin.path}, ${origin.status}, ${origin.ip}, ${origin.userAgent}, ${ctx.requestId}
      from ${of.from}`,
  )
}

/** Remembers the Idempotency-Key of a request whose writes are not one `write`. */
export const rememberKey = (ctx: Context): Statement[] =>
  ctx.idempotency ? [ctx.db.insert(idempotencyKey).values(keyRow(ctx, ctx.idempotency, null))] : []

const idempotencyRow = (ctx: Context, idempotency: Idempotency) =>
  ctx.db
    .insert(idempotencyKey)
    .values(keyRow(ctx, idempotency, sql`(select entity_id from audit_log order by id desc limit 1)`))

type Idempotency = { key: string; fingerprint: string }

const keyRow = (ctx: Context, { key, fingerprint }: Idempotency, entity_id: SQL | null) => ({
  user_id: ctx.actor.id ?? 0,
  key,
  fingerprint,
  entity_id,
  status: ctx.origin.status,
  created_at: ctx.now,
})
