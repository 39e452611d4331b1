import { and, eq, isNull, lt } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { expectChange } from '#/platform/database/guards.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { sha256Hex } from '#/platform/digest.ts'
import { base32, stepOfCode } from './one-time-code.ts'
import { open } from './secret-box.ts'
import { recoveryCode, totp } from './table.ts'

type Totp = typeof totp.$inferSelect

/**
 * The statements that use up a code of this account, six digits or a recovery code; undefined when it is none. They fail the write when
 * the code was used before, so that of two requests with one code one is refused.
 */
export async function spending(ctx: Context, factor: Totp, code: string): Promise<Statement[] | undefined> {
  if (!/^\d{6}$/.test(code)) return spendingRecovery(ctx, factor.user_id, await hashCode(code))
  const step = await stepOfCode(await open(ctx.settings, factor.user_id, factor.secret), code, ctx.now)
  if (step === undefined || step <= factor.last_step) return undefined
  return [spendingStep(ctx, factor.user_id, step), expectChange(ctx)]
}

/** Codes up to this step are worth nothing from now on. */
const spendingStep = (ctx: Context, userId: number, step: number) =>
  ctx.db
    .update(totp)
    .set({ last_step: step })
    .where(and(eq(totp.user_id, userId), lt(totp.last_step, step)))

const spendingRecovery = (ctx: Context, userId: number, hash: string): Statement[] => [
  ctx.db
    .update(recoveryCode)
    .set({ used_at: ctx.now })
    .where(and(eq(recoveryCode.user_id, userId), eq(recoveryCode.hash, hash), isNull(recoveryCode.used_at))),
  expectChange(ctx),
]

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
const hashCode = (code: string) => sha256Hex(code.toUpperCase().replaceAll(/[\s-]/g, ''))
