import { countingMail } from '#/access/proof/index.ts'
import type { Context } from '#/platform/context.ts'
import type { Language } from '#/platform/words.ts'
import { write } from '#/platform/database/write/write.ts'
import { requireEntitled } from './queries.ts'
import { transcriptJob } from './table.ts'
import { transcriptWork } from './transcript-work.ts'

interface Order {
  student_id: number
  language: Language
  email: string | null
}

/**
 * Orders a transcript to be rendered in the background. Orders for an address that is not the student's own are counted for it. Throws
 * STUDENT_NOT_FOUND, HOLD, RATE_LIMITED.
 */
export async function enqueueTranscript(ctx: Context, order: Order) {
  const { student_id, email } = order
  const { isOwnEmail } = await requireEntitled(ctx, student_id, email)
  if (email === null || isOwnEmail) return place(ctx, order)
  return countingMail(ctx, { email, kind: 'transcript' }, () => place(ctx, order))
}

async function place(ctx: Context, order: Order) {
  const { student_id, language } = order
  const { id, statement, message } = orderTranscript(ctx, order)
  await write(ctx, {
    change: statement,
    audit: { entity: 'transcript_job', id, changes: { student_id: { new: student_id }, language: { new: language } } },
    outbox: [message],
  })
  return { job_id: id, status: 'queued' as const }
}

/** The two halves of an order, a row and a message, for the write that wants it. Writes nothing. */
export function orderTranscript(ctx: Context, order: Order) {
  const id = ctx.newId()
  return {
    id,
    statement: ctx.db.insert(transcriptJob).values({
      id,
      ...order,
      requested_by: ctx.actor.id,
      status: 'queued',
      attempts: 0,
      created_at: ctx.now,
      updated_at: ctx.now,
    }),
    message: transcriptWork.message(id),
  }
}
