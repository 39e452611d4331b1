import { errors as identityErrors } from '#/access/identity/errors.ts'
import type { Context } from '#/platform/context.ts'
import { ApiError } from '#/platform/errors.ts'
import {
  accountGate,
  addressGate,
  attempting,
  budgets,
  counting,
  isIn,
  lock,
  named,
  nameOf,
  pardon,
  signInGate,
} from '#/platform/gate/index.ts'
import { describe, log } from '#/platform/log.ts'
import { count } from '#/platform/metrics/metrics.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import { type Holder, knownDevice } from './device.ts'

/** Windows of the object that counts for an e-mail. What stands behind the `@` is an address, as an HMAC, or a known device. */
const failed = {
  locked: 'locked@',
  byAccount: 'failed',
  byDevices: 'devices-failed',
  byCode: 'code-failed',
  byCodeOfDevice: 'code-failed@',
  byCodeOfDevices: 'devices-code-failed',
}

/** A sign-in has two steps where there is a second factor, each with budgets of its own. */
type Step = 'password' | 'code'

interface SignIn {
  email: string
  step: Step
  /** Reads whose e-mail that is; a sign-in that needs the account reads it no second time. */
  holder: () => Promise<Holder | undefined>
}

/**
 * Does one step of a sign-in, as far as there is room: for the account from this address, from everywhere, and for the address. Each device
 * that this account has signed in with before has a budget of its own, and all of them one together, which none uses up alone and nobody
 * else at all. Throws RATE_LIMITED, ACCOUNT_LOCKED.
 */
export async function countingSignIn<Done extends object>(
  ctx: Context,
  { email, step, holder }: SignIn,
  act: () => Promise<Done>,
): Promise<Done> {
  const { settings, origin } = ctx
  const device = await knownDevice(ctx, email, holder)
  const from = device === undefined ? await nameOf(settings, addressGate(origin.ip)) : `device:${device}`
  const failures = [
    { name: failed.locked + from, ...lock },
    ...named(settings, device === undefined ? failed.byAccount : failed.byDevices, budgets.signInFailures),
    ...(step === 'code' ? codeFailures(ctx, device) : []),
  ]
  const hop = { subject: signInGate(email), limits: named(settings, `${step}@${from}`, budgets.signIn), failures }
  const isStranger = device === undefined && !isIn(settings.TRUSTED_NETWORKS, origin.ip)
  const pardoned = [failed.locked + from]
  const hops = isStranger ? [byAddress(ctx), hop] : [hop]
  return attempting(ctx, { limit: 'sign-in', hops, refusal }, act, (done) => ({
    failed: false,
    ...('access_token' in done && { pardoned }),
  }))
}

const codeFailures = ({ settings }: Context, device: string | undefined) =>
  device === undefined
    ? named(settings, failed.byCode, budgets.codeFailures)
    : [
        ...named(settings, failed.byCodeOfDevice + device, budgets.codeFailures),
        ...named(settings, failed.byCodeOfDevices, budgets.codeFailuresOfDevices),
      ]

const byAddress = ({ settings, origin }: Context) => ({
  subject: addressGate(origin.ip),
  limits: named(settings, 'sign-in', budgets.attemptsByAddress),
  failures: named(settings, 'sign-in-failures', budgets.failuresByAddress),
})

/** Too many failures lock an account; too many attempts are only too many. */
function refusal(window: string) {
  const isLocked = Object.values(failed).some((name) => window.startsWith(name))
  count('auth_attempts_total', [isLocked ? 'locked' : 'rate_limited'])
  return isLocked ? identityErrors.ACCOUNT_LOCKED : undefined
}

/** Lets an account be signed in to again, from wherever it failed: an administrator says so. */
export const unlock = ({ env }: Context, email: string) => pardon(env, signInGate(email), Object.values(failed))

/** The same for one that was proved to be its holder's: what was written for that stays written when the object cannot be reached. */
export const forgetFailures = (ctx: Context, email: string) =>
  unlock(ctx, email).catch((error: unknown) => log('error', 'failures_not_forgotten', describe(error)))

/** Counts a refresh of a session. Throws RATE_LIMITED. */
export const countRefresh = (ctx: Context, { id, user_id }: { id: string; user_id: number }) =>
  counting(ctx, { subject: accountGate(user_id), limit: 'refresh', name: `refresh@${id}`, limits: budgets.refresh })

/** Counts what is nobody's token, by address. Throws RATE_LIMITED. */
export async function countUnknown(ctx: Context, limit: 'refresh' | 'sign-in' | 'public'): Promise<void> {
  if (isIn(ctx.settings.TRUSTED_NETWORKS, ctx.origin.ip)) return
  const limits = budgets.failuresByAddress
  await counting(ctx, { subject: addressGate(ctx.origin.ip), limit, name: `${limit}-unknown`, limits })
}

/** Counts what somebody asks for an e-mail, whether there is an account or not. Throws RATE_LIMITED. */
export const countRequest = (ctx: Context, { email, kind }: { email: string; kind: 'confirmation' }) =>
  counting(ctx, { subject: signInGate(email), limit: 'reset', name: `${kind}-request`, limits: budgets.requestsFor })

interface MailTo {
  email: string
  kind: 'reset' | 'confirmation' | 'transcript'
}

/** Counts what has a mail sent to an e-mail, for each kind apart, unless `send` throws. Throws RATE_LIMITED before anything is sent. */
export function countingMail<Sent>(ctx: Context, { email, kind }: MailTo, send: () => Promise<Sent>): Promise<Sent> {
  const failures = named(ctx.settings, kind, budgets.mailTo)
  const hops = [{ subject: signInGate(email), limits: [], failures }]
  // An answer shows how much may still be asked for; how many mails somebody got is told to nobody.
  return attempting({ ...ctx, showLimits: undefined }, { limit: 'reset', hops }, send, () => ({ failed: true }))
}

/** Sends a mail as far as its e-mail may have one more of its kind; beyond that nothing happens. One that does not go out is not counted. */
export const withinBudget = (ctx: Context, to: MailTo) => (send: () => Promise<void>) =>
  countingMail(ctx, to, send).catch((error: unknown) => {
    if (!(error instanceof ApiError) || error.declared !== sharedErrors.RATE_LIMITED) throw error
  })
