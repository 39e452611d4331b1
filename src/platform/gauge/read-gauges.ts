import type { Context } from '#/platform/context.ts'
import type { Database } from '#/platform/database/connect.ts'
import { describe, log } from '#/platform/log.ts'
import { databaseUp, type Gauge, type Gauges } from './gauge.ts'

/** However often Prometheus asks, the database counts its rows no more often than this. */
const keptMs = 30_000

let kept: { at: number; found: unknown[] } | undefined

/** The gauges as of now, or of at most half a minute ago. When the database is down they say that and what the settings tell. */
export async function readGauges(
  ctx: Pick<Context, 'db' | 'now' | 'settings'>,
  gauges: readonly Gauge[],
): Promise<Gauges> {
  const now = Date.parse(ctx.now)
  const valuesOf = (some: readonly Gauge[], found: readonly unknown[]) => {
    const values = some.map(({ name, value }, i) => [name, value(found[i], now, ctx.settings)])
    return Object.fromEntries(values.filter(([, value]) => value !== undefined)) as Gauges
  }
  const asked = gauges.filter(({ query }) => query)
  const told = () =>
    valuesOf(
      gauges.filter(({ query }) => !query),
      [],
    )
  try {
    if (!kept || Math.abs(now - kept.at) >= keptMs) kept = { at: now, found: await findAll(ctx.db, asked) }
    return { [databaseUp.name]: 1, ...told(), ...valuesOf(asked, kept.found) }
  } catch (error) {
    log('error', 'gauges_not_read', describe(error))
    return { [databaseUp.name]: 0, ...told() }
  }
}

/** What each gauge's query finds; one round trip. */
async function findAll(db: Database, gauges: readonly Gauge[]): Promise<unknown[]> {
  const [first, ...rest] = gauges.flatMap(({ query }) => query?.(db) ?? [])
  if (!first) return []
  const results = (await db.batch([first, ...rest])) as { found: unknown }[][]
  return results.map(([row]) => row?.found)
}
