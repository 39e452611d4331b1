import { and, eq, isNull, lt } from 'drizzle-orm'
import { totp } from '#/access/identity/index.ts'
import type { Context } from '#/platform/context.ts'
import { expectChange } from '#/platform/database/write/guards.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { sha256Hex } from '#/platform/encoding/digest.ts'
import { base32, stepOfCode } from './one-time-code.ts'
import { secretBox } from './secret-box.ts'
import { recoveryCode } from './table.ts'

type Totp = typeof totp.$inferSelect

/** What somebody presents: six digits, or a recovery code, which `isUnused` says of. */
export interface PresentedCode {
  code: string
  isUnused: boolean
}

/**
 * The statements that use up a code of this account, six digits or a recovery code; undefined when it is none. They fail the write when
 * the code was used before, so that of two requests with one code one is refused.
 */
export async function spending(ctx: Context, factor: Totp, { code, isUnused }: PresentedCode) {
  if (isUnused) return spendingRecovery(ctx, factor.user_id, await hashCode(code))
  if (!/^\d{6}$/.test(code)) return undefined
  const secret = await secretBox.open(ctx.settings, factor.user_id, factor.secret)
  const step = stepOfCode(secret, code, ctx.now)
  if (step === undefined || step <= factor.last_step) return undefined
  return [spendingStep(ctx, factor, { last_step: step, ...(await closedAnew(ctx, factor, secret)) }), expectChange(ctx)]
}

/** A secret moves to the key that encrypts now when it is used, so that keys of before are needed less and less. */
async function closedAnew({ settings }: Context, factor: Totp, secret: Uint8Array) {
  if (secretBox.isCurrent(settings, factor.secret)) return undefined
  return { secret: await secretBox.close(settings, factor.user_id, secret) }
}

/** Codes up to this step are worth nothing from now on. Changes nothing when the secret was replaced meanwhile. */
const spendingStep = (ctx: Context, { user_id, secret }: Totp, change: { last_step: number; secret?: string }) =>
  ctx.db
    .update(totp)
    .set(change)
    .where(and(eq(totp.user_id, user_id), eq(totp.secret, secret), lt(totp.last_step, change.last_step)))

const spendingRecovery = (ctx: Context, userId: number, hash: string): Statement[] => [
  ctx.db.update(recoveryCode).set({ used_at: ctx.now }).where(isUnusedCode(userId, hash)),
  expectChange(ctx),
]

/** Finds a recovery code of an account that was not used, by its hash: a statement for the batch that reads the account. */
export const unusedCode = (ctx: Context, userId: number, hash: string) =>
  ctx.db.select({ hash: recoveryCode.hash }).from(recoveryCode).where(isUnusedCode(userId, hash))

const isUnusedCode = (userId: number, hash: string) =>
  and(eq(recoveryCode.user_id, userId), eq(recoveryCode.hash, hash), isNull(recoveryCode.used_at))

/** Ten codes of 125 random bits, five groups such as `ABCDE-FGHJK-...`, and what is kept of them: so many bits need no slow hash. */
export async function newRecoveryCodes(userId: number) {
  const codes = Array.from({ length: 10 }, () => {
    const text = base32(crypto.getRandomValues(new Uint8Array(16)))
    return [0, 5, 10, 15, 20].map((at) => text.slice(at, at + 5)).join('-')
  })
  const rows = await Promise.all(codes.map(async (code) => ({ user_id: userId, hash: await hashCode(code) })))
  return { codes, rows }
}

/** However it was typed: with or without the dashes, in small letters. */
export const hashCode = (code: string) => sha256Hex(code.toUpperCase().replaceAll(/[\s-]/g, ''))
