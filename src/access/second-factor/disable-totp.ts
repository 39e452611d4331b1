import { eq } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { settle } from '#/platform/database/write/settle.ts'
import { write } from '#/platform/database/write/write.ts'
import { ApiError } from '#/platform/errors.ts'
import { admitSignIn } from '#/platform/gate/index.ts'
import { advancingVersion, expectAccount, findAccountById, totp } from '#/access/identity/index.ts'
import { endingSessions, expectOwnSession } from '#/access/session/index.ts'
import { provePasswordAndCode } from '#/access/proof/index.ts'
import { errors } from './errors.ts'

interface Proofs {
  password: string
  code: string
}

/** Takes the second factor away, with its recovery codes. Password and code are both asked for: a stolen session is not enough. The
 * account's other sessions end. */
export const disableTotp = (ctx: Context, proofs: Proofs): Promise<void> => settle(() => decided(ctx, proofs))

async function decided(ctx: Context, { password, code }: Proofs): Promise<void> {
  const account = await findAccountById(ctx.db, ctx.actor.id!)
  if (!account?.factor?.confirmed_at) throw new ApiError(errors.MFA_NOT_ENABLED)
  const { factor } = account
  await admitSignIn(ctx.env, ctx.settings, account.email)
  const attempt = { summary: 'disabling of the second factor refused', refusal: errors.MFA_CODE_WRONG }
  const [spend, expect] = await provePasswordAndCode(ctx, attempt, { ...account, factor }, { password, code })
  const { id } = account
  await endingSessions(ctx, { userId: id, except: ctx.actor.sessionId }, (ending) =>
    write(ctx, {
      change: spend!,
      audit: { entity: 'second_factor', id, changes: { confirmed_at: { old: factor.confirmed_at, new: null } } },
      also: [
        expect!,
        expectAccount(ctx, account),
        expectOwnSession(ctx),
        ctx.db.delete(totp).where(eq(totp.user_id, id)),
        advancingVersion(ctx, id),
        ending,
      ],
    }),
  )
}
