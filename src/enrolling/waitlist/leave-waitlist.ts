import type { Context } from '#/platform/context.ts'
import { softDelete } from '#/platform/database/write/entity.ts'
import { waitlistEntity } from './queries.ts'

/** Gives up a place in a waitlist. */
export const leaveWaitlist = (ctx: Context, id: number) => softDelete(ctx, waitlistEntity, id)
