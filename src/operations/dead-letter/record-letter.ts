import { and, eq, lt, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { deleteSome } from '#/platform/database/delete-some.ts'
import { deadLetter } from './table.ts'
import type { Death } from '#/platform/queue/consume.ts'
import type { Sent } from '#/platform/queue/message.ts'

/** Records what the queue gave up. A message that dies again after it was sent again is the same letter, and can be retried again. */
export async function recordLetter(
  ctx: Context,
  { messageId, body, attempts }: Death,
  known: Sent | undefined,
): Promise<void> {
  const death = { message_id: messageId, message: JSON.stringify(body ?? null), attempts, failed_at: ctx.now }
  await ctx.db
    .insert(deadLetter)
    .values({ ...death, origin_id: known?.id ?? messageId, type: known?.type ?? 'unknown' })
    .onConflictDoNothing({ target: deadLetter.message_id })
    .onConflictDoUpdate({
      target: deadLetter.origin_id,
      set: { ...death, status: 'dead', deaths: sql`${deadLetter.deaths} + 1` },
    })
}

const keptMs = 90 * 24 * 60 * 60 * 1000

/** Forgets letters that were sent again and have not died again for ninety days. */
export const forgetOldLetters = (ctx: Context) =>
  deleteSome(
    ctx,
    deadLetter,
    [deadLetter.id],
    and(
      eq(deadLetter.status, 'retried'),
      lt(deadLetter.retried_at, new Date(Date.parse(ctx.now) - keptMs).toISOString()),
    )!,
  )
