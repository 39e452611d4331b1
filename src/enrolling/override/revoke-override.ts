import type { Context } from '#/platform/context.ts'
import { find, update } from '#/platform/database/write/entity.ts'
import { ApiError } from '#/platform/errors.ts'
import { overrideEntity } from './queries.ts'
import { errors } from './errors.ts'

/** Takes an override back. Seats that it gave stay. */
export async function revokeOverride(ctx: Context, id: number) {
  const override = await find(ctx, overrideEntity, id)
  if (override.revoked_at) throw new ApiError(errors.OVERRIDE_ALREADY_REVOKED)
  return update(ctx, overrideEntity, override, { revoked_at: ctx.now, revoked_by: ctx.actor.id })
}
