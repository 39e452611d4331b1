import { DurableObject } from 'cloudflare:workers'
import { type RateLimit, SlidingWindow } from './sliding-window.ts'

/** One hop: is there room for one more request, and was its session revoked? */
interface Question {
  /** Each window must have room. Named, because an account has several classes. */
  limits: readonly (RateLimit & { name: string })[]
  sessionId: string | null
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

/**
 * One object for each account, or each IP address of those who are not signed in. Being single-threaded it counts exactly: N allowed
 * means N, from whatever isolate the requests come. Revoked sessions are on disk, counts of the last minute in memory.
 */
export class Gate extends DurableObject {
  readonly #windows = new Map<string, SlidingWindow>()
  readonly #revoked = new Set<string>()

  constructor(state: DurableObjectState, env: Cloudflare.Env) {
    super(state, env)
    state.storage.sql.exec(
      'create table if not exists revoked_session (id text primary key, until integer not null) strict',
    )
    for (const row of state.storage.sql.exec<{ id: string }>('select id from revoked_session'))
      this.#revoked.add(row.id)
  }

  ask({ limits, sessionId }: Question): Answer {
    const now = Date.now()
    const windows = limits.map((limit) => ({ limit, window: this.#window(limit) }))
    const allowed = windows.every(({ window }) => window.remaining(now) > 0)
    if (allowed) for (const { window } of windows) window.count(now)
    const states = windows.map(({ limit, window }) => ({
      limit,
      remaining: window.remaining(now),
      resetMs: window.resetMs(now),
    }))
    const tightest = states.reduce((a, b) => ((b.remaining - a.remaining || a.resetMs - b.resetMs) < 0 ? b : a))
    return {
      allowed,
      revoked: sessionId !== null && this.#revoked.has(sessionId),
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

  /** From now on the access tokens of this session are refused. Kept until the last of them has expired (`until`, epoch ms). */
  revoke(sessionId: string, until: number) {
    this.#revoked.add(sessionId)
    this.ctx.storage.sql.exec('delete from revoked_session where until < ?', Date.now())
    this.ctx.storage.sql.exec('insert or replace into revoked_session values (?, ?)', sessionId, until)
  }

  #window(limit: RateLimit & { name: string }): SlidingWindow {
    const key = `${limit.name}/${limit.windowSeconds}`
    const window = this.#windows.get(key) ?? new SlidingWindow(limit)
    window.requests = limit.requests
    this.#windows.set(key, window)
    return window
  }
}
