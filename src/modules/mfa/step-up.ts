import type { Context } from '../../context.ts'
import { write } from '../../database/write.ts'
import { ApiError } from '../../errors.ts'
import { accessTokenSeconds, settingVerified, signAccessToken } from '../identity/index.ts'
import { spending } from './codes.ts'
import { onceOnly } from './once-only.ts'
import { findOwnTotp } from './queries.ts'

/** Answers an access token that opens what asks for a fresh code, for five minutes. */
export async function stepUp(ctx: Context, { code }: { code: string }) {
  const factor = await findOwnTotp(ctx)
  const spent = await spending(ctx, factor, code)
  if (!spent) throw new ApiError('MFA_CODE_WRONG')
  await write(ctx, {
    change: settingVerified(ctx),
    audit: { entity: 'session', id: ctx.actor.sessionId },
    also: spent,
  }).catch(onceOnly('MFA_CODE_WRONG'))
  const actor = { ...ctx.actor, verifiedAt: Date.parse(ctx.now) }
  return {
    access_token: await signAccessToken(ctx.settings, actor, ctx.now),
    token_type: 'bearer' as const,
    expires_in: accessTokenSeconds,
  }
}
