import type { Actor, Context } from '../../context.ts'
import { accessTokenSeconds, signAccessToken } from './access-token.ts'
import type { Account, SignedIn } from './schema.ts'

export const refreshTokenSeconds = 7 * 24 * 60 * 60

type AccountRow = Account & { is_active: boolean }

/** What a fresh secret is worth: the token for the client, and the hash that the session row keeps. */
export async function newRefreshToken(ctx: Context, sessionId: string): Promise<{ token: string; hash: string }> {
  const secret = ctx.newId() + ctx.newId()
  return { token: `${sessionId}.${secret}`, hash: await hashSecret(secret) }
}

/** Splits a refresh token; undefined for any other text. */
export function readRefreshToken(token: string): { sessionId: string; secret: string } | undefined {
  const [, sessionId, secret] = /^([\w-]{22})\.([\w-]{44})$/.exec(token) ?? []
  return sessionId && secret ? { sessionId, secret } : undefined
}

export async function hashSecret(secret: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret))
  return new Uint8Array(digest).toHex()
}

export const actorOf = (account: AccountRow, sessionId: string): Actor => ({
  id: account.id,
  role: account.role,
  sessionId,
  studentId: account.student_id,
  tier: account.tier,
})

/** The answer to a sign-in or refresh. */
export async function signedIn(
  ctx: Context,
  account: AccountRow,
  sessionId: string,
  refreshToken: string,
): Promise<SignedIn> {
  return {
    access_token: await signAccessToken(ctx.settings, actorOf(account, sessionId), ctx.now),
    token_type: 'bearer',
    expires_in: accessTokenSeconds,
    refresh_token: refreshToken,
    user: account,
  }
}

export const secondsLater = (now: string, seconds: number) => new Date(Date.parse(now) + seconds * 1000).toISOString()
