import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { find, update } from '#/platform/database/write/entity.ts'
import { signLetter } from '#/paperwork/letter/index.ts'
import { orderTranscript, requireEntitled } from '#/paperwork/transcript-job/index.ts'
import { requestEntity } from './queries.ts'
import { requireCancellable, requireDecision } from './rules.ts'
import type { RequestTransition } from './schema.ts'

/** Decides a request. Approving one for a letter signs it, approving one for a transcript orders it, in the same write; a hold on transcripts refuses that. */
export async function decideRequest(ctx: Context, id: number, { status, notes }: z.output<typeof RequestTransition>) {
  const request = await find(ctx, requestEntity, id)
  requireDecision(request.status, status)
  const decision = { status, notes: notes ?? undefined, processed_by: ctx.actor.id, processed_at: ctx.now }
  const { type, student_id, language } = request
  if (status !== 'approved' || type === 'other') return update(ctx, requestEntity, request, decision)
  if (type !== 'transcript') {
    const signed = await signLetter(ctx, { ...request, type })
    return update(ctx, requestEntity, request, decision, { also: [signed.statement] })
  }
  await requireEntitled(ctx, student_id)
  const order = orderTranscript(ctx, { student_id, language, email: null })
  return update(
    ctx,
    requestEntity,
    request,
    { ...decision, job_id: order.id },
    { also: [order.statement], outbox: [order.message] },
  )
}

/** Takes a request back that nobody has decided yet. */
export async function cancelRequest(ctx: Context, id: number) {
  const request = await find(ctx, requestEntity, id)
  requireCancellable(request.status)
  return update(ctx, requestEntity, request, { status: 'cancelled' })
}
