import { DurableObject } from 'cloudflare:workers'
import { type Closing, Revocations } from './revocations.ts'
import { type RateLimit, SlidingWindow } from './sliding-window.ts'

/** One hop: is there room for one more request, and was its session revoked? */
interface Question {
  /** Each window must have room. Named, because an account has several classes. */
  limits: readonly NamedLimit[]
  sessionId: string | null
  /** When the access token was signed, epoch ms. */
  issuedAt?: number
}

export interface Answer {
  allowed: boolean
  revoked: boolean
  /** The window with the least room left. */
  limit: number
  remaining: number
  windowSeconds: number
  /** Seconds until the oldest counted request leaves that window. */
  resetSeconds: number
}

/** After a burst of requests their times are written once, this much later: no answer waits for it, and an eviction forgets no more. */
const writeDelayMs = 1000
/** Of guesses an eviction forgets none. */
const writtenAtOnce: ReadonlySet<string> = new Set(['auth', 'try'])
/** The longest window there is. */
const rememberedMs = 3_600_000
/** No real limit is higher; only those of a development server are. */
const mostWritten = 10_000

/**
 * One object for each account, or each IP address of those who are not signed in. Being single-threaded it counts exactly: N allowed
 * means N, from whatever isolate the requests come. It counts in memory and keeps what an eviction must not lose on disk: revoked
 * sessions and sign-ins at once, the times of other requests a moment later.
 */
export class Gate extends DurableObject {
  readonly #windows = new Map<string, SlidingWindow>()
  readonly #revocations: Revocations
  readonly #unwritten = new Set<string>()
  #writesSoon = false

  constructor(state: DurableObjectState, env: Cloudflare.Env) {
    super(state, env)
    this.#revocations = new Revocations(() => state.storage.sql)
    const sql = this.#tables()
    for (const row of sql.exec<CountedRow>('select * from counted')) {
      const limit = { requests: row.requests, windowSeconds: row.seconds }
      this.#windows.set(row.key, new SlidingWindow(limit, JSON.parse(row.times) as number[]))
    }
  }

  ask({ limits, sessionId, issuedAt = 0 }: Question): Answer {
    const now = Date.now()
    const windows = limits.map((limit) => ({ limit, window: this.#window(limit) }))
    const allowed = windows.every(({ window }) => window.remaining(now) > 0)
    if (allowed) {
      for (const { limit, window } of windows) {
        window.count(now)
        this.#remember(limit)
      }
    }
    const states = windows.map(({ limit, window }) => ({
      limit,
      remaining: window.remaining(now),
      resetMs: window.resetMs(now),
    }))
    const tightest = states.reduce((a, b) => ((b.remaining - a.remaining || a.resetMs - b.resetMs) < 0 ? b : a))
    return {
      allowed,
      revoked: this.#revocations.isRevoked(sessionId, issuedAt),
      limit: tightest.limit.requests,
      remaining: tightest.remaining,
      windowSeconds: tightest.limit.windowSeconds,
      resetSeconds: Math.ceil(tightest.resetMs / 1000),
    }
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

  async reopen(id: string, ended: readonly string[], until: number) {
    await this.revoke(ended, until)
    this.#revocations.reopen(id)
  }

  /** An hour after something was remembered. An object that has nothing left to remember gives its disk back. */
  override async alarm() {
    const now = Date.now()
    for (const [key, window] of this.#windows) if (window.times(now).length === 0) this.#windows.delete(key)
    if (this.#revocations.forgetOld(now) || this.#windows.size > 0) return this.#wakeToForget()
    return this.ctx.storage.deleteAll()
  }

  #window(limit: NamedLimit): SlidingWindow {
    const key = keyOf(limit)
    const window = this.#windows.get(key) ?? new SlidingWindow(limit)
    window.requests = limit.requests
    this.#windows.set(key, window)
    return window
  }

  #remember(limit: NamedLimit) {
    this.#unwritten.add(keyOf(limit))
    if (writtenAtOnce.has(limit.name)) return this.#write()
    if (this.#writesSoon) return
    this.#writesSoon = true
    setTimeout(() => this.#write(), writeDelayMs)
  }

  #write() {
    const now = Date.now()
    const sql = this.#tables()
    for (const key of this.#unwritten) {
      const window = this.#windows.get(key)
      if (!window) continue
      const times = JSON.stringify(window.times(now).slice(-mostWritten))
      sql.exec(
        'insert or replace into counted (key, requests, seconds, times) values (?, ?, ?, ?)',
        key,
        window.requests,
        window.windowSeconds,
        times,
      )
    }
    this.#unwritten.clear()
    this.#writesSoon = false
    this.ctx.waitUntil(this.#wakeToForget())
  }

  /** They are gone again after `alarm` has given the disk back. */
  #tables(): SqlStorage {
    const { sql } = this.ctx.storage
    sql.exec(
      'create table if not exists counted (key text primary key, requests integer not null, seconds real not null, times text not null) strict',
    )
    return sql
  }

  async #wakeToForget() {
    const { storage } = this.ctx
    if ((await storage.getAlarm()) === null) await storage.setAlarm(Date.now() + rememberedMs)
  }
}

type NamedLimit = RateLimit & { name: string }
type CountedRow = { key: string; requests: number; seconds: number; times: string }

const keyOf = ({ name, windowSeconds }: NamedLimit) => `${name}/${windowSeconds}`
