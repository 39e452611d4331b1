import { and, eq, lt, type SQL } from 'drizzle-orm'
import { writtenEntity } from '#/platform/audit/written-id.ts'
import type { Context, Idempotency } from '#/platform/context.ts'
import { deleteSome } from '#/platform/database/delete-some.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { idempotencyKey, writeReceipt } from '#/platform/database/tables.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import { blaming } from '#/platform/validation/blamed.ts'

/** How long a key is remembered. */
const lifetimeMs = 24 * 60 * 60 * 1000

export interface Replay {
  status: number
  /** The JSON text of the first answer; null when the worker died between the write and storing it. */
  response: string | null
  entityId: string | null
  createdAt: string
}

/** What an earlier request with this key wrote, if any. Throws when the key belongs to a different request. */
export async function findReplay(ctx: Context, idempotency: Idempotency): Promise<Replay | undefined> {
  const [row] = await ctx.db.select().from(idempotencyKey).where(ownKey(ctx, idempotency.key))
  if (!row) return undefined
  await idempotency.readToEnd?.()
  if (row.fingerprint !== idempotency.fingerprint)
    throw blaming(sharedErrors.IDEMPOTENCY_KEY_REUSED, {}, ctx, [['header', 'idempotency-key']])
  return { status: row.status, response: row.response, entityId: row.entity_id, createdAt: row.created_at }
}

/** Keeps the answer for replays. The key itself was stored in the batch of the write. */
export const storeResponse = (ctx: Context, key: string, response: string) =>
  ctx.db.update(idempotencyKey).set({ response }).where(ownKey(ctx, key))

/** How long a batch can be asked whether it was committed; nobody asks later than half a minute after it. */
const receiptLifetimeMs = 10 * 60 * 1000

export const forgetOldReceipts = (ctx: Pick<Context, 'db' | 'now'>) =>
  deleteSome(
    ctx,
    writeReceipt,
    [writeReceipt.at, writeReceipt.id],
    lt(writeReceipt.at, new Date(Date.parse(ctx.now) - receiptLifetimeMs).toISOString()),
  )

/** Forgets keys older than a day. */
export const forgetOldKeys = (ctx: Pick<Context, 'db' | 'now'>) =>
  deleteSome(
    ctx,
    idempotencyKey,
    [idempotencyKey.user_id, idempotencyKey.key],
    lt(idempotencyKey.created_at, new Date(Date.parse(ctx.now) - lifetimeMs).toISOString()),
  )

/** Remembers the Idempotency-Key of a request whose writes are not one `write`. */
export const rememberKey = (ctx: Context): Statement[] =>
  ctx.idempotency ? [ctx.db.insert(idempotencyKey).values(keyRow(ctx, ctx.idempotency, null))] : []

/** The same in the batch of a `write`, with what it wrote. */
export const rememberWrite = (ctx: Context): Statement[] =>
  ctx.idempotency ? [ctx.db.insert(idempotencyKey).values(keyRow(ctx, ctx.idempotency, writtenEntity))] : []

const keyRow = (ctx: Context, { key, fingerprint }: Idempotency, entity_id: SQL | null) => ({
  user_id: ctx.actor.id ?? 0,
  key,
  fingerprint,
  entity_id,
  status: ctx.origin.status,
  created_at: ctx.now,
})

const ownKey = (ctx: Context, key: string) =>
  and(eq(idempotencyKey.user_id, ctx.actor.id ?? 0), eq(idempotencyKey.key, key))
