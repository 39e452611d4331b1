import { type PresentedCode, spending, stepOfCode } from '#/access/authenticator/index.ts'
import { secretBox } from '#/access/authenticator/index.ts'
import { hashPassword, type totp, verifyPassword } from '#/access/identity/index.ts'
import type { Context } from '#/platform/context.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { sha256Hex } from '#/platform/encoding/digest.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import { countUnknown } from './budgets.ts'
import { type Attempt, prove } from './prove.ts'

/** An account with what is stored of its secrets. */
type Account = NonNullable<Attempt['holder']> & { password_hash: string; is_active: boolean }
type Factor = typeof totp.$inferSelect

/** The password of an active account. Where there is none, the hash of nobody takes as much work. Yields the account. */
export function provePassword<A extends Account>(
  ctx: Context,
  attempt: Omit<Attempt, 'holder'>,
  account: A | undefined,
  password: string,
): Promise<A> {
  return prove(ctx, { ...attempt, holder: account }, async () => {
    const matches = await verifyPassword(password, account?.password_hash ?? (await nobodysHash(ctx)))
    return matches && account?.is_active ? account : undefined
  })
}

let nobody: Promise<string> | undefined

const nobodysHash = (ctx: Context) => (nobody ??= hashPassword(ctx.newId(), ctx.settings.PASSWORD_MEMORY_KIB))

/** Six digits or a recovery code of a second factor in force. Yields the statements that use it up. */
export const proveCode = (ctx: Context, attempt: Attempt, factor: Factor | null, code: PresentedCode) =>
  prove<Statement[]>(ctx, attempt, async () => (factor?.confirmed_at ? spending(ctx, factor, code) : undefined))

/** Both at once; the refusal does not say which was wrong. */
export const provePasswordAndCode = (
  ctx: Context,
  attempt: Omit<Attempt, 'holder'>,
  account: Account & { factor: Factor },
  { password, ...code }: PresentedCode & { password: string },
): Promise<Statement[]> =>
  prove(ctx, { ...attempt, holder: account }, async () => {
    const isPassword = await verifyPassword(password, account.password_hash)
    const spent = await spending(ctx, account.factor, code)
    return isPassword ? spent : undefined
  })

/** Six digits of a secret that is not in force yet. Yields their step. */
export const proveFirstCode = (ctx: Context, attempt: Attempt, { user_id, secret }: Factor, code: string) =>
  prove(ctx, attempt, async () => stepOfCode(await secretBox.open(ctx.settings, user_id, secret), code, ctx.now))

/** What opens nothing, whatever it is: a password where only a code counts, a challenge that is none. Refused like any other secret. */
export const refuseProof = (ctx: Context, attempt: Attempt): Promise<never> =>
  prove<never>(ctx, attempt, async () => undefined)

/** A token of which only the hash rests (SHA-256, hex). Yields what `find` finds by that; nothing is no proof. */
export const proveToken = <Row>(
  ctx: Context,
  attempt: Omit<Attempt, 'holder' | 'summary'> & { entity: string },
  token: string,
  find: (hash: string) => Promise<Row | undefined>,
): Promise<Row> => proveSignedToken(ctx, attempt, async () => find(await sha256Hex(token)))

/** A token that is signed and rests nowhere. Yields what `read` finds by it; nothing is no proof. */
export const proveSignedToken = <Row>(
  ctx: Context,
  attempt: Omit<Attempt, 'holder' | 'summary'> & { entity: string },
  read: () => Promise<Row | undefined>,
): Promise<Row> => prove(ctx, { summary: 'token refused', ...attempt, holder: undefined }, read)

/** A secret of the deployment, whose keeper is nobody in particular. Digests are of one length, so comparing them tells nothing about the secret's. */
export const proveKeeper = (ctx: Context, secret: 'METRICS_TOKEN', presented: string) =>
  prove<true>(ctx, { ...keeping, params: { secret }, holder: undefined }, async () => {
    const [given, expected] = await Promise.all([sha256(presented), sha256(ctx.settings[secret])])
    if (crypto.subtle.timingSafeEqual(given, expected)) return true
    await countUnknown(ctx, 'public')
    return undefined
  })

const sha256 = (text: string) => crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))

const keeping = {
  summary: 'token of the deployment refused',
  refusal: sharedErrors.DEPLOYMENT_TOKEN_REQUIRED,
  headers: { 'www-authenticate': 'Bearer' },
}
