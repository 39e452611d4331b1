/** What a term says of its turnstile. */
export interface TurnstileRule {
  /** How many are let in a minute. */
  pace: number
  /** When enrollment opens, epoch ms: nobody is let in before. 0: it is open. */
  opens: number
}

/**
 * A line, as at a counter that gives out numbers and serves them in turn: number n has its turn as soon as n are served. How many are served
 * grows with the clock alone, so that the turn of each number is known when it is given out, and what is told of the wait comes true.
 */
export interface Line extends TurnstileRule {
  /** The last number that was given out. */
  last: number
  /** How many were served `at` an instant, epoch ms, from which on the present pace counts. */
  served: number
  at: number
  /** How much of the pace the database takes, 1/4 to 1. */
  share: number
  /** When the share changed last, and when it was last heard that the database is strained, epoch ms. */
  changed: number
  heard: number
}

export const emptyLine: Line = { last: 0, served: 0, at: 0, pace: 1, opens: 0, share: 1, changed: 0, heard: 0 }

/** How long a place stays after its turn has come, and with it the admission. */
export const keptMs = 15 * 60_000

/** Who comes to an empty turnstile passes at once, up to what a second takes. */
const ahead = ({ pace }: TurnstileRule) => Math.max(1, Math.floor(pace / 60))
/** From one turn to the next. */
export const msEach = ({ pace, share }: Line) => 60_000 / (pace * share)

/** How many are served at an instant. Without anybody to serve it runs no further ahead. */
export const servedAt = (line: Line, now: number) =>
  Math.min(line.served + Math.max(0, now - line.at) / msEach(line), Math.max(line.served, line.last + ahead(line)))

/** Whether nobody waits. */
export const isIdle = (line: Line, now: number) => servedAt(line, now) >= line.last + ahead(line)

/** When a number has its turn, epoch ms, as long as the pace stays as it is. */
export const turnOf = (line: Line, number: number) => line.at + Math.ceil((number - line.served) * msEach(line))

/** The same line from this instant on, under other conditions. */
export function continued(line: Line, now: number, changes: Partial<Line> = {}): Line {
  const next = { ...line, ...changes }
  const served = servedAt(line, now)
  return next.opens > now
    ? { ...next, served: Math.min(served, line.last), at: next.opens }
    : { ...next, served: Math.min(served, line.last + ahead(next)), at: now }
}

/** Where a number stands in its line, from 1. */
export const positionOf = (line: Line, number: number, now: number) =>
  Math.max(1, Math.ceil(number - servedAt(line, now) - 1e-6))

export const waitingIn = (line: Line, now: number) => Math.max(0, Math.ceil(line.last - servedAt(line, now) - 1e-6))

/** How long a change of the share is given to show. */
const trialMs = 5000
const leastShare = 1 / 4

/** The share after a word that the database is strained: half of it, once for all who tell of the same moment. */
export const strained = ({ share, changed }: Line, now: number) =>
  now - changed < trialMs ? share : Math.max(leastShare, share / 2)

/** The share by now: twice as much for every ten seconds without such a word. */
export function relaxed({ share, changed, heard }: Line, now: number): number {
  const steps = Math.floor((now - Math.max(changed, heard)) / (2 * trialMs))
  return Math.min(1, share * 2 ** Math.min(2, steps))
}
