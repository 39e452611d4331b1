import type { Database } from '#/platform/database/connect.ts'
import type { Statement } from '#/platform/database/statement.ts'
import type { Settings } from '#/platform/env.ts'

/** How something stands when Prometheus asks. */
export interface Gauge {
  name: string
  help: string
  /** Selects at most one row of one column, `found`. All gauges are read in one round trip. Left out: the settings tell. */
  query?: (db: Database) => Statement
  /** What the series says of it; undefined leaves the series out. `now` is in epoch milliseconds. */
  value: (found: unknown, now: number, settings: Settings) => number | undefined
}

interface Declared<Found> {
  name: string
  help: string
  query: (db: Database) => Statement & PromiseLike<{ found: Found }[]>
  value: (found: Found | undefined, now: number) => number | undefined
}

export const gauge = <Found>(declared: Declared<Found>) => declared as Gauge

/** A gauge that is how many rows there are, or another number that is always found. */
export const counted = (declared: Omit<Declared<number>, 'value'>) => gauge({ ...declared, value: (found) => found })

/** A gauge of the deployment itself: told without the database, too. */
export const ofSettings = ({
  value,
  ...named
}: Pick<Gauge, 'name' | 'help'> & { value: (settings: Settings, now: number) => number }): Gauge => ({
  ...named,
  value: (_, now, settings) => value(settings, now),
})

export const secondsSince = (instant: string, now: number) => (now - Date.parse(instant)) / 1000

/** Those that are known, by name. */
export type Gauges = Readonly<Record<string, number>>

export const databaseUp = {
  name: 'database_up',
  help: 'Whether the database answers: 1 or 0. Without it the gauges that it would tell are absent.',
}
