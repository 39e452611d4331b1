export interface RateLimit {
  requests: number
  windowSeconds: number
}

/** Exact sliding window: the times of the counted requests, oldest first. Memory is bounded by the limit. */
export class SlidingWindow {
  /** The limit may change while requests are counted: the tier of an account is raised or lowered. */
  requests: number
  readonly #windowMs: number
  #times: number[] = []

  constructor({ requests, windowSeconds }: RateLimit) {
    this.requests = requests
    this.#windowMs = windowSeconds * 1000
  }

  remaining(now: number): number {
    const oldest = now - this.#windowMs
    const firstKept = this.#times.findIndex((time) => time > oldest)
    if (firstKept !== 0) this.#times = firstKept === -1 ? [] : this.#times.slice(firstKept)
    return Math.max(0, this.requests - this.#times.length)
  }

  count(now: number) {
    this.#times.push(now)
  }

  /** Milliseconds until one more request has room, or until the oldest one is forgotten. */
  resetMs(now: number): number {
    const [oldest] = this.#times
    return oldest === undefined ? 0 : oldest + this.#windowMs - now
  }
}
