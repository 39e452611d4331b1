import { eq } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { deadLetter } from './table.ts'
import { write } from '#/platform/database/write/write.ts'
import { ApiError } from '#/platform/errors.ts'
import { type MessageTypes, readMessage } from '#/platform/queue/message-types.ts'
import { findLetter, letters, shownLetter } from './queries.ts'
import { errors } from './errors.ts'

/**
 * Sends a message again that the queue gave up, and puts what it works on back to where it was. Once, unless it dies again: the database
 * holds that. Throws DEAD_LETTER_UNREADABLE, DEAD_LETTER_OVER, DEAD_LETTER_RETRIED.
 */
export async function retryLetter(ctx: Context, id: number, types: MessageTypes) {
  const letter = await findLetter(ctx, id)
  const known = readMessage(types, JSON.parse(letter.message))
  if (!known) throw new ApiError(errors.DEAD_LETTER_UNREADABLE)
  if (await known.consumer.isOver?.(ctx, known.message)) throw new ApiError(errors.DEAD_LETTER_OVER)
  const { read } = await write(ctx, {
    change: ctx.db
      .update(deadLetter)
      .set({ status: 'retried', retried_at: ctx.now, retried_by: ctx.actor.id })
      .where(eq(deadLetter.id, id)),
    audit: { entity: 'dead_letter', id, changes: { status: { old: 'dead', new: 'retried' } } },
    also: [known.consumer.revive(ctx, known.message)],
    // With the id that it has always had.
    outbox: [known.message],
    read: letters(ctx.db).where(eq(deadLetter.id, id)),
  })
  return shownLetter(read[0]!, types)
}
