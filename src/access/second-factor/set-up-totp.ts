import { isNull } from 'drizzle-orm'
import { renderSVG } from 'uqr'
import type { Context } from '#/platform/context.ts'
import { write } from '#/platform/database/write.ts'
import { ApiError } from '#/platform/errors.ts'
import { findAccountById } from '#/access/identity/index.ts'
import { base32 } from './one-time-code.ts'
import { seal } from './secret-box.ts'
import { totp } from './table.ts'
import { errors } from './errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

/** Makes a secret for the caller's authenticator. It counts once a code of it was shown; until then a new set-up replaces it. */
export async function setUpTotp(ctx: Context) {
  const userId = ctx.actor.id!
  const account = await findAccountById(ctx.db, userId)
  if (!account) throw new ApiError(sharedErrors.HTTP_401)
  if (account.totp_confirmed_at !== null) throw new ApiError(errors.MFA_ALREADY_ENABLED)
  const secret = crypto.getRandomValues(new Uint8Array(20))
  const row = { secret: await seal(ctx.settings, userId, secret), last_step: 0, created_at: ctx.now }
  await write(ctx, {
    change: ctx.db
      .insert(totp)
      .values({ user_id: userId, ...row })
      .onConflictDoUpdate({ target: totp.user_id, set: row, setWhere: isNull(totp.confirmed_at) }),
    audit: { entity: 'second_factor', id: userId },
  })
  const text = base32(secret)
  const uri = otpauthUri(ctx.settings.INSTITUTION_NAME, account.email, text)
  return { secret: text, otpauth_uri: uri, qr_svg: renderSVG(uri, { ecc: 'M' }) }
}

/** As authenticators read it; the parameters are their defaults, spelled out. */
function otpauthUri(institution: string, email: string, secret: string): string {
  const issuer = encodeURIComponent(institution)
  return `otpauth://totp/${issuer}:${encodeURIComponent(email)}?secret=${secret}&issuer=${issuer}&algorithm=SHA1&digits=6&period=30`
}
