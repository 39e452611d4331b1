import { and, eq } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { write } from '#/platform/database/write/write.ts'
import { isStale } from '#/platform/database/write/stale.ts'
import { ApiError } from '#/platform/errors.ts'
import { isOpen } from './queries.ts'
import { invitation } from './table.ts'
import { errors } from './errors.ts'

/** Takes an invitation back: its token is worth nothing from now on. Throws INVITATION_NOT_FOUND when it is not open. */
export async function withdrawInvitation(ctx: Context, id: number): Promise<void> {
  await write(ctx, {
    change: ctx.db
      .update(invitation)
      .set({ voided_at: ctx.now })
      .where(and(eq(invitation.id, id), isOpen(ctx))),
    audit: { entity: 'invitation', id, changes: { voided_at: { old: null, new: ctx.now } } },
  }).catch((error: unknown) => {
    throw isStale(error) ? new ApiError(errors.INVITATION_NOT_FOUND, { id }) : error
  })
}
