import type { Context } from '#/platform/context.ts'
import { find, update } from '#/platform/database/write/entity.ts'
import { applicationEntity } from './queries.ts'
import { requireStep } from './rules.ts'

/** Hands a draft in. From then on it stays as it is. */
export const submitApplication = (ctx: Context, id: number) => takeStep(ctx, id, 'submitted', { submitted_at: ctx.now })

export const reviewApplication = (ctx: Context, id: number) => takeStep(ctx, id, 'under_review', {})

export const withdrawApplication = (ctx: Context, id: number) => takeStep(ctx, id, 'withdrawn', {})

/** Accepts, rejects or waitlists an application; what was noted at an earlier decision gives way. */
export const decideApplication = (
  ctx: Context,
  id: number,
  status: 'accepted' | 'rejected' | 'waitlisted',
  note: string | null,
) => takeStep(ctx, id, status, { note, decided_by: ctx.actor.id, decided_at: ctx.now })

interface Decision {
  submitted_at?: string
  note?: string | null
  decided_by?: number | null
  decided_at?: string
}

async function takeStep(ctx: Context, id: number, status: Parameters<typeof requireStep>[1], values: Decision) {
  const application = await find(ctx, applicationEntity, id)
  requireStep(application.status, status)
  return update(ctx, applicationEntity, application, { status, ...values })
}
