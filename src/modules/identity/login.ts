import type { Context } from '../../context.ts'
import { recordDenial, write } from '../../database/write.ts'
import { ApiError } from '../../errors.ts'
import { admitSignIn } from '../gate/index.ts'
import { hashPassword, verifyPassword } from './password.ts'
import { findAccountByEmail } from './queries.ts'
import type { SignedIn } from './schema.ts'
import { actorOf, newRefreshToken, refreshTokenSeconds, secondsLater, signedIn } from './session-tokens.ts'
import { session } from './table.ts'

/** Starts a session. An unknown e-mail costs the same time and gives the same answer as a wrong password. */
export async function login(ctx: Context, { email, password }: { email: string; password: string }): Promise<SignedIn> {
  await admitSignIn(ctx.env, ctx.settings, email)
  const account = await findAccountByEmail(ctx.db, email)
  const matches = await verifyPassword(password, account?.password_hash ?? (await nobodysHash(ctx)))
  if (!account || !matches || !account.is_active) throw await refused(ctx, account)
  const sessionId = ctx.newId()
  const refresh = await newRefreshToken(ctx, sessionId)
  const holder = { ...ctx, actor: actorOf(account, sessionId) }
  await write(holder, {
    change: ctx.db.insert(session).values({
      id: sessionId,
      user_id: account.id,
      refresh_hash: refresh.hash,
      created_at: ctx.now,
      last_used_at: ctx.now,
      expires_at: secondsLater(ctx.now, refreshTokenSeconds),
      ip: ctx.origin.ip,
      user_agent: ctx.origin.userAgent,
    }),
    audit: { entity: 'session', id: sessionId },
  })
  return signedIn(ctx, account, sessionId, refresh.token)
}

/** An attempt on a known account leaves a row in the audit log; one on an unknown e-mail has no account to speak of. */
async function refused(ctx: Context, account: AccountRow | undefined): Promise<ApiError> {
  if (account) {
    const attempt = { ...ctx, actor: actorOf(account, ''), origin: { ...ctx.origin, status: 401 } }
    await recordDenial(attempt, { entity: 'account', id: account.id, summary: 'sign-in refused' })
  }
  return new ApiError('INVALID_CREDENTIALS')
}

type AccountRow = NonNullable<Awaited<ReturnType<typeof findAccountByEmail>>>

let nobody: Promise<string> | undefined

const nobodysHash = (ctx: Context) => (nobody ??= hashPassword(ctx.newId(), ctx.settings.PASSWORD_MEMORY_KIB))
