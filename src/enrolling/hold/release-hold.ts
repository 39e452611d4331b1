import type { Context } from '#/platform/context.ts'
import { find, update } from '#/platform/database/write/entity.ts'
import { ApiError } from '#/platform/errors.ts'
import { holdEntity } from './queries.ts'
import { errors } from './errors.ts'

/** Lifts a hold for good. It stays on record. */
export async function releaseHold(ctx: Context, id: number) {
  const hold = await find(ctx, holdEntity, id)
  if (hold.released_at) throw new ApiError(errors.HOLD_ALREADY_RELEASED)
  return update(ctx, holdEntity, hold, { released_at: ctx.now, released_by: ctx.actor.id })
}
