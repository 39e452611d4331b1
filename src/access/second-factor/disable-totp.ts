import { eq } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { settle } from '#/platform/database/write/settle.ts'
import { write } from '#/platform/database/write/write.ts'
import { ApiError } from '#/platform/errors.ts'
import { advancingVersion, accountById, expectAccount, totp } from '#/access/identity/index.ts'
import { endingSessions, expectOwnSession } from '#/access/session/index.ts'
import { hashCode, unusedCode } from '#/access/authenticator/index.ts'
import { provePasswordAndCode } from '#/access/proof/index.ts'
import { errors } from './errors.ts'

interface Proofs {
  password: string
  code: string
}

/**
 * Takes the second factor away, with its recovery codes. Password and code are both asked for: a stolen session is not enough. The account's
 * other sessions end; this one goes on with a refresh, as its access tokens say that there is a second factor.
 */
export const disableTotp = (ctx: Context, proofs: Proofs): Promise<void> => settle(() => decided(ctx, proofs))

async function decided(ctx: Context, { password, code }: Proofs): Promise<void> {
  const id = ctx.actor.id!
  const hash = await hashCode(code)
  const [[account], unused] = await ctx.db.batch([accountById(ctx.db, id), unusedCode(ctx, id, hash)])
  if (!account?.factor?.confirmed_at) throw new ApiError(errors.MFA_NOT_ENABLED)
  const { factor } = account
  const presented = { password, code, isUnused: unused.length > 0 }
  const attempt = { summary: 'disabling of the second factor refused', refusal: errors.MFA_CODE_WRONG }
  const [spend, expect] = await provePasswordAndCode(ctx, attempt, { ...account, factor }, presented)
  await endingSessions(ctx, { userId: id, except: ctx.actor.sessionId, mustRefresh: true }, (ending) =>
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
