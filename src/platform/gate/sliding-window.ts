export interface RateLimit {
  requests: number
  windowSeconds: number
}

/** Exact sliding window: the times of the counted requests, oldest first. Memory is bounded by the limit. */
export class SlidingWindow {
  /** The limit may change while requests are counted: the tier of an account is raised or lowered. */
  requests: number
  readonly windowSeconds: number
  readonly #windowMs: number
  #times: number[]
  /** Where the first time that still counts stands; those before it are cut off now and then, not at every request. */
  #first = 0

  constructor({ requests, windowSeconds }: RateLimit, times: number[] = []) {
    this.requests = requests
    this.windowSeconds = windowSeconds
    this.#windowMs = windowSeconds * 1000
    this.#times = times
  }

  /** The times that still count (epoch ms), for a window that goes on elsewhere. */
  times(now: number): number[] {
    this.remaining(now)
    return this.#times.slice(this.#first)
  }

  /** How many more requests have room, as if `pardoned` of the counted ones had not been. */
  remaining(now: number, pardoned = 0): number {
    while (this.#first < this.#times.length && this.#times[this.#first]! <= now - this.#windowMs) this.#first += 1
    if (this.#first > 256 && this.#first * 2 > this.#times.length) {
      this.#times = this.#times.slice(this.#first)
      this.#first = 0
    }
    return Math.max(0, this.requests + pardoned - (this.#times.length - this.#first))
  }

  count(now: number) {
    this.#times.push(now)
  }

  /** Takes back what was counted at an instant. */
  release(at: number) {
    const place = this.#times.lastIndexOf(at)
    if (place >= this.#first) this.#times.splice(place, 1)
  }

  clear() {
    this.#times = []
    this.#first = 0
  }

  /** Milliseconds until one more request has room, or until the oldest one is forgotten. */
  resetMs(now: number): number {
    const oldest = this.#times[this.#first]
    return oldest === undefined ? 0 : oldest + this.#windowMs - now
  }
}
