import { and, eq, isNull } from 'drizzle-orm'
import { advancingVersion, totp } from '#/access/identity/index.ts'
import type { Context } from '#/platform/context.ts'
import { expectChange } from '#/platform/database/write/guards.ts'
import { write } from '#/platform/database/write/write.ts'
import { ApiError } from '#/platform/errors.ts'
import { endingSessions, settingVerified } from '#/access/session/index.ts'
import { newRecoveryCodes, recoveryCode } from '#/access/authenticator/index.ts'
import { proveFirstCode } from '#/access/proof/index.ts'
import { findTotp } from './queries.ts'
import { errors } from './errors.ts'

/** Brings the caller's second factor into force: a code proves that the authenticator has the secret. The recovery codes are
 * shown once; sessions that gave no code end. */
export async function confirmTotp(ctx: Context, { code }: { code: string }) {
  const userId = ctx.actor.id!
  const factor = await findTotp(ctx, userId)
  if (!factor) throw new ApiError(errors.MFA_NOT_SET_UP)
  if (factor.confirmed_at !== null) throw new ApiError(errors.MFA_ALREADY_ENABLED)
  const attempt = { holder: undefined, summary: 'first code refused', refusal: errors.MFA_CODE_WRONG }
  const step = await proveFirstCode(ctx, attempt, factor, code)
  const { codes, rows } = await newRecoveryCodes(userId)
  await endingSessions(ctx, { userId, except: ctx.actor.sessionId }, (ending) =>
    write(ctx, {
      change: ctx.db
        .update(totp)
        .set({ confirmed_at: ctx.now, last_step: step })
        .where(and(eq(totp.user_id, userId), eq(totp.secret, factor.secret), isNull(totp.confirmed_at))),
      audit: { entity: 'second_factor', id: userId, changes: { confirmed_at: { old: null, new: ctx.now } } },
      also: [
        settingVerified(ctx, 'code'),
        expectChange(ctx),
        ctx.db.insert(recoveryCode).values(rows),
        advancingVersion(ctx, userId),
        ending,
      ],
    }),
  )
  return { recovery_codes: codes }
}
