import { isNull } from 'drizzle-orm'
import { renderSVG } from 'uqr'
import type { Context } from '#/platform/context.ts'
import { write } from '#/platform/database/write/write.ts'
import { ApiError } from '#/platform/errors.ts'
import { findAccountById, totp } from '#/access/identity/index.ts'
import { authenticator, secretBox } from '#/access/authenticator/index.ts'
import { errors } from './errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

/** Makes a secret for the caller's authenticator. It counts once a code of it was shown; until then a new set-up replaces it. */
export async function setUpTotp(ctx: Context) {
  const userId = ctx.actor.id!
  const account = await findAccountById(ctx.db, userId)
  if (!account) throw new ApiError(sharedErrors.HTTP_401)
  if (account.totp_confirmed_at !== null) throw new ApiError(errors.MFA_ALREADY_ENABLED)
  const secret = crypto.getRandomValues(new Uint8Array(20))
  const row = { secret: await secretBox.close(ctx.settings, userId, secret), last_step: 0, created_at: ctx.now }
  await write(ctx, {
    change: ctx.db
      .insert(totp)
      .values({ user_id: userId, ...row })
      .onConflictDoUpdate({ target: totp.user_id, set: row, setWhere: isNull(totp.confirmed_at) }),
    audit: { entity: 'second_factor', id: userId },
  })
  const shown = authenticator(secret, { issuer: ctx.settings.INSTITUTION_NAME, label: account.email })
  const uri = shown.toString()
  return { secret: shown.secret.base32, otpauth_uri: uri, qr_svg: renderSVG(uri, { ecc: 'M' }) }
}
