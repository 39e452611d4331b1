/** A request that may turn out to be a failure: it counts as one until its outcome is told. */
export interface Reservation {
  id: number
  at: number
  /** The windows in which it counts. */
  keys: readonly string[]
}

/** An outcome that nobody tells is a failure, so long after the request was let in. */
const patienceMs = 30_000

/** Which counted failures may still turn out to be none, and who waits for that. */
export class Reservations {
  readonly #open = new Map<number, Reservation>()
  #waiting: (() => void)[] = []
  #last = 0

  begin(at: number, keys: readonly string[]): Reservation {
    const id = (this.#last += 1)
    const reservation = { id, at, keys }
    this.#open.set(id, reservation)
    return reservation
  }

  end(id: number) {
    this.#open.delete(id)
    this.#wake()
  }

  /** How many of the failures in a window are not certain. */
  openIn(key: string, now: number): number {
    for (const [id, { at }] of this.#open) if (at <= now - patienceMs) this.#open.delete(id)
    return this.#open.values().reduce((sum, { keys }) => sum + (keys.includes(key) ? 1 : 0), 0)
  }

  /** Until an outcome is told, or one is late by then. */
  async nextOutcome(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#waiting.push(resolve)
    const late = setTimeout(resolve, patienceMs)
    await promise
    clearTimeout(late)
  }

  #wake() {
    const waiting = this.#waiting
    this.#waiting = []
    for (const wake of waiting) wake()
  }
}
