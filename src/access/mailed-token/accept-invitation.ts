import { and, eq, gt, isNull } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { expectChange } from '#/platform/database/write/guards.ts'
import { sha256Hex } from '#/platform/encoding/digest.ts'
import { ApiError } from '#/platform/errors.ts'
import { takePlace } from '#/access/user/index.ts'
import { requireStrongPassword } from '#/access/identity/index.ts'
import { onceOnly } from '#/platform/database/write/once-only.ts'
import { invitation } from './table.ts'
import { errors } from './errors.ts'

interface Acceptance {
  token: string
  password: string
  full_name?: string | undefined
}

/** Opens the account that the invitation is for, with the role it names: its e-mail is proved. The token works once. Throws INVITATION_INVALID. */
export async function acceptInvitation(ctx: Context, { token, password, full_name }: Acceptance) {
  const open = and(
    eq(invitation.token_hash, await sha256Hex(token)),
    isNull(invitation.accepted_at),
    gt(invitation.expires_at, ctx.now),
  )
  const [found] = await ctx.db.select().from(invitation).where(open)
  const holder = found && { email: found.email, full_name: full_name ?? found.full_name }
  requireStrongPassword(ctx, password, 'password', holder ?? {})
  if (!holder) throw new ApiError(errors.INVITATION_INVALID)
  const { role, language } = found
  const accepting = [ctx.db.update(invitation).set({ accepted_at: ctx.now }).where(open), expectChange(ctx)]
  const user = { ...holder, role, language, password, email_verified_at: ctx.now }
  return takePlace(ctx, user, () => ({ also: accepting })).catch(onceOnly(errors.INVITATION_INVALID))
}
