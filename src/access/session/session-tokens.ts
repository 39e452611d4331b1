import type { Actor, Context } from '#/platform/context.ts'
import { sha256Hex } from '#/platform/encoding/digest.ts'
import { accessTokenSeconds, signAccessToken } from './access-token.ts'
import type { AccountRow } from '#/access/identity/index.ts'
import type { SignedIn } from './schema.ts'

export const refreshTokenSeconds = 7 * 24 * 60 * 60
const longestSessionSeconds = 30 * 24 * 60 * 60

interface Session {
  id: string
  /** When the password or a code was given last. */
  verified_at: string | null
  /** Whether it was a code. */
  by_code: boolean
}

const noSession: Session = { id: '', verified_at: null, by_code: false }

/** What a fresh secret is worth: the token for the client, and the hash that the session row keeps. */
export async function newRefreshToken(ctx: Context, sessionId: string): Promise<{ token: string; hash: string }> {
  const secret = ctx.newId() + ctx.newId()
  return { token: `${sessionId}.${secret}`, hash: await sha256Hex(secret) }
}

/** Splits a refresh token; undefined for any other text. */
export function readRefreshToken(token: string): { sessionId: string; secret: string } | undefined {
  const [, sessionId, secret] = /^([\w-]{22})\.([\w-]{44})$/.exec(token) ?? []
  return sessionId && secret ? { sessionId, secret } : undefined
}

export const actorOf = (account: AccountRow, session = noSession): Actor => ({
  id: account.id,
  role: account.role,
  sessionId: session.id,
  studentId: account.student_id,
  tier: account.tier,
  hasSecondFactor: account.totp_confirmed_at !== null,
  verifiedAt: provedAt(account, session),
  language: account.language,
})

/** By a code of the present second factor, where there is one: no password stands for it, and no code of one before. */
function provedAt({ totp_confirmed_at }: AccountRow, { verified_at, by_code }: Session): number {
  if (verified_at === null) return 0
  const counts = totp_confirmed_at === null || (by_code && verified_at >= totp_confirmed_at)
  return counts ? Date.parse(verified_at) : 0
}

/** The answer to a sign-in or refresh. */
export async function signedIn(
  ctx: Context,
  account: AccountRow,
  session: Session,
  refreshToken: string,
): Promise<SignedIn> {
  return {
    access_token: await signAccessToken(ctx.settings, actorOf(account, session), ctx.now),
    token_type: 'bearer',
    expires_in: accessTokenSeconds,
    refresh_token: refreshToken,
    user: account,
  }
}

/** When a session is over, however often it is refreshed. */
export const endOfSession = (created_at: string) => secondsLater(created_at, longestSessionSeconds)

/** When a refresh token that is given now expires. */
export function refreshExpiry(now: string, created_at: string): string {
  const [unused, end] = [secondsLater(now, refreshTokenSeconds), endOfSession(created_at)]
  return unused < end ? unused : end
}

export const secondsLater = (now: string, seconds: number) => new Date(Date.parse(now) + seconds * 1000).toISOString()

interface Cookie {
  keep: (token: string, seconds: number) => void
}

interface Device {
  keep: (token: string) => void
}

/** The answer to a sign-in for tools, which keep the refresh token themselves. */
export function keepDevice<Answer extends object>(
  { device: token, ...tokens }: Answer & { device?: string | undefined },
  device: Device | undefined,
) {
  if (token !== undefined) device?.keep(token)
  return tokens
}

/** The answer to a sign-in as it travels: the device keeps that it is known, and where a cookie is wanted, the refresh token goes there and nowhere else. */
export function handOver<Challenge extends object = never>(
  answer: (SignedIn & { device?: string | undefined }) | Challenge,
  { cookie, device }: { cookie: Cookie | false; device?: Device },
): Omit<SignedIn, 'refresh_token'> | Challenge {
  if (!('refresh_token' in answer)) return answer
  const tokens = keepDevice(answer, device)
  if (!cookie) return tokens
  const { refresh_token, ...rest } = tokens
  cookie.keep(refresh_token, refreshTokenSeconds)
  return rest
}
