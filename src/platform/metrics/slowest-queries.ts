import type { QueryFigures } from './metrics.ts'

const slotMs = 5 * 60_000
const slots = 12
const shown = 10

/** The figures of queries in the last hour, in slots of five minutes: an hour and up to one slot more. */
export class SlowestQueries {
  readonly #slots = new Map<number, Map<string, QueryFigures>>()

  restore(start: number, queries: [string, QueryFigures][]) {
    this.#slots.set(start, new Map(queries))
  }

  add(queries: Map<string, QueryFigures>, now: number) {
    const slot = this.#slot(now)
    for (const [name, figures] of queries) addTo(slot, name, figures)
    for (const start of this.#slots.keys()) if (start < this.oldest(now)) this.#slots.delete(start)
  }

  /** The slot of now, as it is written down. */
  current(now: number): [start: number, queries: [string, QueryFigures][]] {
    return [startOf(now), [...this.#slot(now)]]
  }

  /** Where the oldest slot that still counts begins (epoch ms). */
  oldest(now: number): number {
    return startOf(now) - slots * slotMs
  }

  /** By their slowest run. `rows_read` is the sum over all runs. */
  top(now: number) {
    const all = new Map<string, QueryFigures>()
    for (const [start, slot] of this.#slots) {
      if (start < this.oldest(now)) continue
      for (const [name, figures] of slot) addTo(all, name, figures)
    }
    return [...all]
      .map(([query, figures]) => ({ query, ...figures }))
      .toSorted((a, b) => b.max_ms - a.max_ms)
      .slice(0, shown)
  }

  #slot(now: number): Map<string, QueryFigures> {
    const start = startOf(now)
    const slot = this.#slots.get(start) ?? new Map<string, QueryFigures>()
    this.#slots.set(start, slot)
    return slot
  }
}

const startOf = (now: number) => now - (now % slotMs)

function addTo(figures: Map<string, QueryFigures>, name: string, { runs, max_ms, rows_read }: QueryFigures) {
  const known = figures.get(name) ?? { runs: 0, max_ms: 0, rows_read: 0 }
  figures.set(name, {
    runs: known.runs + runs,
    max_ms: Math.max(known.max_ms, max_ms),
    rows_read: known.rows_read + rows_read,
  })
}
