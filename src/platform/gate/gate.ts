import { DurableObject } from 'cloudflare:workers'
import { type Reservation, Reservations } from './reservations.ts'
import { type Closing, type Reopening, Revocations } from './revocations.ts'
import { type NamedLimit, tightest, Windows } from './windows.ts'

/** One hop: is there room for one more request, and was its session revoked? */
export interface Question {
  /** Requests of any outcome. Each window must have room. There is one here or among the failures. */
  limits: readonly NamedLimit[]
  /** Failures. The request counts as one until `settle` says that it was none. */
  failures?: readonly NamedLimit[]
  /** Whether what is counted must survive an eviction from the first moment on. */
  lasting?: boolean
  sessionId?: string | null
  /** When the access token was signed, epoch ms. */
  issuedAt?: number
  /** It has expired since. */
  isOver?: boolean
}

export interface Answer {
  allowed: boolean
  revoked: boolean
  /** The window with the least room left. */
  name: string
  limit: number
  remaining: number
  windowSeconds: number
  /** Seconds until the oldest counted request leaves that window. */
  resetSeconds: number
  /** What `settle` wants back. */
  reservation: Reservation | null
}

export interface Outcome {
  failed: boolean
  /** Names of windows whose failures are forgotten, too. */
  pardoned?: readonly string[]
}

/** After a burst of requests their times are written once, this much later: no answer waits for it, and an eviction forgets no more. */
const writeDelayMs = 1000
/** The longest window there is. */
const rememberedMs = 3_600_000

/**
 * One object for each account, e-mail or address. Being single-threaded it counts exactly: N allowed means N, from whatever isolate the
 * requests come. It counts in memory and keeps what an eviction must not lose on disk: revoked sessions and attempts to prove something at
 * once, the times of other requests a moment later.
 */
export class Gate extends DurableObject {
  readonly #windows: Windows
  readonly #revocations: Revocations
  readonly #reservations = new Reservations()
  #writesSoon = false

  constructor(state: DurableObjectState, env: Cloudflare.Env) {
    super(state, env)
    this.#windows = new Windows(() => state.storage.sql)
    this.#revocations = new Revocations(() => state.storage.sql)
  }

  /** Waits when there is room only if a request that is under way turns out to be no failure. */
  async ask(question: Question): Promise<Answer> {
    for (;;) {
      const answer = this.#judged(question)
      if (answer) return answer
      await this.#reservations.nextOutcome()
    }
  }

  #judged({
    limits,
    failures = [],
    lasting = false,
    sessionId = null,
    issuedAt = 0,
    isOver = false,
  }: Question): Answer | undefined {
    const now = Date.now()
    const revoked = isOver || this.#revocations.isRevoked(sessionId, issuedAt)
    const any = (revoked ? limits.map(ofRevoked) : limits).map((limit) => this.#windows.of(limit))
    const failed = (revoked ? [] : failures).map((limit) => this.#windows.of(limit))
    const full = [
      ...any.filter(({ window }) => window.remaining(now) === 0),
      ...failed.filter(({ key, window }) => window.remaining(now, this.#reservations.openIn(key, now)) === 0),
    ]
    if (full.length > 0) return { allowed: false, revoked, ...tightest(full, now), reservation: null }
    if (failed.some(({ window }) => window.remaining(now) === 0)) return undefined
    for (const kept of [...any, ...failed]) this.#windows.count(kept, now)
    this.#writeSoon(lasting)
    const keys = failed.map(({ key }) => key)
    const reservation = keys.length > 0 ? this.#reservations.begin(now, keys) : null
    return { allowed: true, revoked, ...tightest(any.length > 0 ? any : failed, now), reservation }
  }

  /** The outcome of a request that was let in. */
  settle({ id, at, keys }: Reservation, { failed, pardoned = [] }: Outcome) {
    if (!failed) for (const key of keys) this.#windows.release(key, at)
    this.pardon(pardoned)
    this.#reservations.end(id)
  }

  /** Forgets what was counted in windows of these names; where a name ends in `@`, for whomever. */
  pardon(names: readonly string[]) {
    this.#windows.pardon(names)
    this.#writeSoon(true)
  }

  /** Answers when the object can be reached. */
  ping() {
    return true
  }

  /** From now on the access tokens of these sessions are refused. Kept until the last of them has expired (`until`, epoch ms). */
  async revoke(sessionIds: readonly string[], until: number) {
    this.#revocations.forgetOld(Date.now())
    this.#revocations.end(sessionIds, until)
    await this.#wakeToForget()
  }

  /** Refuses the tokens of all sessions but one, until `reopen` says which of them have ended; for good those of before, if nobody does. */
  async close(id: string, closing: Closing) {
    this.#revocations.close(id, closing)
    await this.#wakeToForget()
  }

  async reopen(id: string, { ended, until, from }: Reopening) {
    await this.revoke(ended, until)
    if (from === undefined) this.#revocations.reopen(id)
    else this.#revocations.close(id, { except: null, before: from, until })
  }

  /** An hour after something was remembered. An object that has nothing left to remember gives its disk back. */
  override async alarm() {
    const now = Date.now()
    const counts = this.#windows.forgetEmpty(now)
    if (this.#revocations.forgetOld(now) || counts) return this.#wakeToForget()
    return this.ctx.storage.deleteAll()
  }

  #writeSoon(atOnce: boolean) {
    if (atOnce) return this.#write()
    if (this.#writesSoon) return
    this.#writesSoon = true
    setTimeout(() => this.#write(), writeDelayMs)
  }

  #write() {
    this.#windows.write(Date.now())
    this.#writesSoon = false
    this.ctx.waitUntil(this.#wakeToForget())
  }

  async #wakeToForget() {
    const { storage } = this.ctx
    if ((await storage.getAlarm()) === null) await storage.setAlarm(Date.now() + rememberedMs)
  }
}

/** The requests of a session or token that is over are counted apart: they must not use up what its account has. */
const ofRevoked = (limit: NamedLimit): NamedLimit => ({ ...limit, name: `revoked:${limit.name}` })
