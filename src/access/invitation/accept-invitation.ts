import { and, eq } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { expectChange } from '#/platform/database/write/guards.ts'
import { proveToken } from '#/access/proof/index.ts'
import { createUser } from '#/access/user/index.ts'
import { requireStrongPassword } from '#/access/identity/index.ts'
import { onceOnly } from '#/platform/database/write/once-only.ts'
import { isOpen } from './queries.ts'
import { invitation } from './table.ts'
import { errors } from './errors.ts'

interface Acceptance {
  token: string
  password: string
  full_name?: string | undefined
}

/** Opens the account that the invitation is for, with the role it names: its e-mail is proved. The token works once. Throws INVITATION_INVALID. */
export async function acceptInvitation(ctx: Context, { token, password, full_name }: Acceptance) {
  await requireStrongPassword(ctx, password, 'password', {})
  const attempt = { entity: 'invitation', refusal: errors.INVITATION_INVALID }
  const found = await proveToken(ctx, attempt, token, async (hash) => {
    const [row] = await ctx.db
      .select()
      .from(invitation)
      .where(and(eq(invitation.token_hash, hash), isOpen(ctx)))
    return row
  })
  const open = and(eq(invitation.id, found.id), isOpen(ctx))
  const holder = { email: found.email, full_name: full_name ?? found.full_name }
  await requireStrongPassword(ctx, password, 'password', holder)
  const { role, language } = found
  const accepting = [ctx.db.update(invitation).set({ accepted_at: ctx.now }).where(open), expectChange(ctx)]
  const user = { ...holder, role, language, password, email_verified_at: ctx.now }
  return createUser(ctx, user, { by: 'invited', more: () => ({ also: accepting }) }).catch(
    onceOnly(errors.INVITATION_INVALID),
  )
}
