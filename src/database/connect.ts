import { drizzle, type DrizzleD1Database } from 'drizzle-orm/d1'
import { withUniqueNames } from './unique-names.ts'

export type Database = DrizzleD1Database

/** What one request asked of D1. A batch is one round trip of several queries. */
interface Meter {
  queries: number
  roundTrips: number
  milliseconds: number
}

export interface Connection {
  db: Database
  meter: Meter
  /** Sent back as `X-D1-Bookmark`, so that a client reads its own writes from any replica. */
  bookmark: () => string | null
}

/** A D1 session that counts. Reads may come from the nearest replica, not older than `bookmark`; writes go to the primary. */
export function connect(d1: D1Database, mode: 'read' | 'write', bookmark?: string): Connection {
  const session = d1.withSession(bookmark ?? (mode === 'write' ? 'first-primary' : 'first-unconstrained'))
  const meter: Meter = { queries: 0, roundTrips: 0, milliseconds: 0 }
  const metered = {
    prepare: (query: string) => meteredStatement(session.prepare(withUniqueNames(query)), meter),
    batch: meteredBatch(session, meter),
  }
  return { db: drizzle(metered as unknown as D1Database), meter, bookmark: () => session.getBookmark() }
}

const inner = Symbol('statement')
type MeteredStatement = Pick<D1PreparedStatement, 'all' | 'raw' | 'run'> & {
  [inner]: D1PreparedStatement
  bind: (...values: unknown[]) => MeteredStatement
}

function meteredStatement(statement: D1PreparedStatement, meter: Meter): MeteredStatement {
  return {
    [inner]: statement,
    bind: (...values) => meteredStatement(statement.bind(...values), meter),
    all: () => timed(meter, 1, () => statement.all()),
    run: () => timed(meter, 1, () => statement.run()),
    raw: ((options: { columnNames: true }) =>
      timed(meter, 1, () => statement.raw(options))) as D1PreparedStatement['raw'],
  } as MeteredStatement
}

const meteredBatch = (session: D1DatabaseSession, meter: Meter) => (statements: MeteredStatement[]) =>
  timed(meter, statements.length, () => session.batch(statements.map((statement) => statement[inner])))

async function timed<T>(meter: Meter, queries: number, run: () => Promise<T>): Promise<T> {
  const start = performance.now()
  meter.queries += queries
  meter.roundTrips += 1
  try {
    return await run()
  } finally {
    meter.milliseconds += performance.now() - start
  }
}
