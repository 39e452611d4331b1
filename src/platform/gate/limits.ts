import type { Actor } from '#/platform/context.ts'
import type { LimitClass } from '#/platform/words.ts'
import type { RateLimit } from './sliding-window.ts'

type Tier = Actor['tier']
type ByTier = Record<Tier, readonly RateLimit[]>

const perMinute = (requests: number): RateLimit => ({ requests, windowSeconds: 60 })
const perHour = (requests: number): RateLimit => ({ requests, windowSeconds: 3600 })
const same = (...limits: RateLimit[]): ByTier => ({ free: limits, pro: limits, enterprise: limits })

/** Requests of an account, whatever their outcome; of an address, where nobody is signed in. */
const byAccount = {
  read: { free: [perMinute(300)], pro: [perMinute(600)], enterprise: [perMinute(3000)] },
  write: { free: [perMinute(100)], pro: [perMinute(200)], enterprise: [perMinute(1000)] },
  heavy: { free: [perMinute(10)], pro: [perMinute(30)], enterprise: [perMinute(100)] },
  chat: {
    free: [perMinute(30), perHour(500)],
    pro: [perMinute(100), perHour(2000)],
    enterprise: [perMinute(500), perHour(10_000)],
  },
} satisfies Partial<Record<LimitClass, ByTier>>

/** What is known to be hostile only when it has failed. */
const failuresByAddress = [perMinute(50), perHour(500)]
const attemptsByAddress = [perMinute(300)]

/** How the requests of a class are counted. Every window must have room. */
interface Counting {
  by: 'account' | 'address'
  /** Requests, whatever their outcome. */
  any: ByTier
  /** Requests that turned out to present a wrong secret. */
  failures?: readonly RateLimit[]
  /** Refused when nobody can count: these requests try secrets. */
  closed?: true
}

/** The classes that are counted when a request arrives. `sign-in` and `refresh` are counted once it is known for whom. */
export const classes: Record<Exclude<LimitClass, 'sign-in' | 'refresh'>, Counting> = {
  read: { by: 'account', any: byAccount.read },
  write: { by: 'account', any: byAccount.write },
  heavy: { by: 'account', any: byAccount.heavy },
  chat: { by: 'account', any: byAccount.chat },
  proof: { by: 'account', any: byAccount.write, failures: [perMinute(5), perHour(20)], closed: true },
  token: { by: 'address', any: same(...attemptsByAddress), failures: failuresByAddress, closed: true },
  reset: { by: 'address', any: same(...attemptsByAddress), closed: true },
  register: { by: 'address', any: same(perHour(200)), closed: true },
  public: { by: 'address', any: same(perMinute(120)) },
  verify: { by: 'address', any: same(perMinute(120)) },
}

/** What is counted for an e-mail, a session or an address in the course of an operation. */
export const budgets = {
  /** By account and address together, or by account and known device. */
  signIn: [perMinute(5), perHour(50)],
  /** By account from everywhere but known devices, and by account from all of these. One device alone fails at most five times in five minutes. */
  signInFailures: [perMinute(30), perHour(200)],
  /** Of an account whose password was right. */
  codeFailures: [perMinute(5), perHour(20)],
  /** The same from all known devices, each of which has the above. */
  codeFailuresOfDevices: [perMinute(20), perHour(80)],
  attemptsByAddress,
  failuresByAddress,
  refresh: [perMinute(20)],
  /** For one e-mail, whoever asks and whoever has it, if anybody. */
  requestsFor: [perHour(3)],
  /** That go out to one e-mail, whoever asks: new passwords, confirmations, transcripts that are ordered for somebody else than their student; each kind apart. */
  mailTo: [perHour(3)],
} satisfies Record<string, readonly RateLimit[]>

/** So many failures from one address or known device lock the account for it, however roomy the limits of a deployment are. */
export const lock: RateLimit = { requests: 5, windowSeconds: 300 }
