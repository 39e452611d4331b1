import { DrizzleD1Database, SQLiteD1Session } from 'drizzle-orm/d1'
import type { WrittenRow } from '#/platform/audit/content.ts'
import { auditRowsOf } from '#/platform/audit/tell-head.ts'
import { count } from '#/platform/metrics/metrics.ts'
import { dialect } from './dialect.ts'
import { type Asker, type Meter, record } from './query-figures.ts'
import { steady } from './steady/index.ts'

export type Database = DrizzleD1Database

export interface Connection {
  db: Database
  meter: Meter
  /** Sent back as `X-D1-Bookmark`, so that a client reads its own writes from any replica. */
  bookmark: () => string | null
}

interface Asked {
  mode: 'read' | 'write'
  bookmark?: string | undefined
  asker: Asker
  /** Hears which audit rows were written. */
  told?: ((rows: WrittenRow[]) => void) | undefined
}

/** A D1 session that outlives faults, and counts. Reads may come from the nearest replica, not older than `bookmark`; writes go to the primary. */
export function connect(d1: D1Database, { mode, bookmark, asker, told }: Asked): Connection {
  const from = bookmark ?? (mode === 'write' ? 'first-primary' : 'first-unconstrained')
  const session = steady(d1.withSession(from), { request_id: asker.requestId })
  const meter: Meter = { queries: 0, roundTrips: 0, milliseconds: 0, rowsRead: 0 }
  const ask: Ask = (texts, run) => hearing(told, texts, timed(asker, meter, texts, run))
  const metered = {
    prepare: (text: string) => meteredStatement(session.prepare(text), text, ask),
    batch: meteredBatch(session, ask),
  }
  return { db: databaseOn(metered as unknown as D1Database), meter, bookmark: () => session.getBookmark() }
}

/** What `drizzle` of drizzle-orm/d1 makes, with our dialect. */
function databaseOn(client: D1Database): Database {
  const session = new SQLiteD1Session<Record<string, never>, Record<string, never>>(client, dialect, undefined)
  return Object.assign(new DrizzleD1Database('async', dialect, session, undefined), { $client: client })
}

/** What sends the statements of a database. */
export const clientOf = (db: Database): D1Database => (db as unknown as { $client: D1Database }).$client

/** Writes statements that are sent later, by way of `kept`: it has no database behind it. */
export const drafting: Database = databaseOn({ prepare: () => undefined } as unknown as D1Database)

/** One round trip: sends statements with these texts and keeps what they cost. */
type Ask = <T>(texts: readonly string[], run: () => Promise<D1Result<T>[]>) => Promise<D1Result<T>[]>

const inner = Symbol('statement')
type MeteredStatement = Pick<D1PreparedStatement, 'all' | 'raw' | 'run'> & {
  [inner]: D1PreparedStatement
  text: string
  bind: (...values: unknown[]) => MeteredStatement
}

function meteredStatement(statement: D1PreparedStatement, text: string, ask: Ask): MeteredStatement {
  const all = async <T>() => (await ask<T>([text], async () => [await statement.all<T>()]))[0]!
  return {
    [inner]: statement,
    text,
    bind: (...values) => meteredStatement(statement.bind(...values), text, ask),
    all,
    run: async <T>() => (await ask<T>([text], async () => [await statement.run<T>()]))[0]!,
    // D1 does not say what `raw` costs. The names of the columns are unique, so nothing of a row is lost on this way.
    raw: (async () => (await all<object>()).results.map((row) => Object.values(row))) as D1PreparedStatement['raw'],
  }
}

const meteredBatch =
  (session: D1DatabaseSession, ask: Ask) =>
  <T>(statements: MeteredStatement[]) =>
    ask<T>(
      statements.map(({ text }) => text),
      () => session.batch<T>(statements.map((statement) => statement[inner])),
    )

async function timed<T>(asker: Asker, meter: Meter, texts: readonly string[], run: () => Promise<D1Result<T>[]>) {
  const start = performance.now()
  meter.queries += texts.length
  meter.roundTrips += 1
  count('db_queries_total', [], texts.length)
  try {
    const results = await run()
    results.forEach(({ meta }, i) => record(asker, meter, texts[i]!, meta))
    return results
  } finally {
    meter.milliseconds += performance.now() - start
  }
}

/** Whatever writes, and in whichever batch: the audit rows among its results are heard of here. */
async function hearing<T>(told: Asked['told'], texts: readonly string[], asked: Promise<D1Result<T>[]>) {
  const results = await asked
  const rows = told ? auditRowsOf(texts, results) : []
  if (rows.length > 0) told!(rows)
  return results
}
