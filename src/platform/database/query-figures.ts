import { log } from '#/platform/log.ts'
import { count, observe, profile } from '#/platform/metrics/metrics.ts'

/** Who asks the database: an operation, a message or a job. */
export interface Asker {
  /** Names its queries. */
  operation: string
  /** Route template, or the name again of what has none. */
  route: string
  requestId: string
}

/** What one request asked of D1. A batch is one round trip of several queries. */
export interface Meter {
  queries: number
  roundTrips: number
  milliseconds: number
  rowsRead: number
}

type Cost = Pick<D1Meta, 'duration' | 'rows_read' | 'rows_written' | 'size_after'>

const slowQueryMs = 100

/** Every answer of D1 says how large the database is. */
let bytes: number | undefined

/** What this isolate heard last; undefined before it has asked anything. */
export const databaseBytes = (): number | undefined => bytes

/** Adds what D1 says that a statement has cost to the figures of the request and of the isolate. */
export function record(asker: Asker, meter: Meter, text: string, cost: Cost): void {
  const { duration, rows_read, rows_written, size_after } = cost
  if (size_after > 0) bytes = size_after
  meter.rowsRead += rows_read
  count('db_rows_read_total', [], rows_read)
  count('db_rows_written_total', [], rows_written)
  observe('db_query_duration_seconds', [], duration / 1000)
  const query = queryName(asker, text)
  profile(query, duration, rows_read)
  if (duration <= slowQueryMs) return
  const { route, requestId } = asker
  log('warn', 'slow_query', { route, query, ms: Math.round(duration), rows_read, request_id: requestId })
}

/** `listStudents: select live_student`: who asks, the verb, and the first table that the statement names. */
export function queryName({ operation }: Pick<Asker, 'operation'>, text: string): string {
  const table = firstTable.exec(text)?.[1] ?? ''
  const verb = /^select count\(|^with kept /.test(text) ? 'count' : /^\w*/.exec(text)![0]
  return `${operation}: ${verb} ${table}`
}

const firstTable = /\b(?:from|into|update) "?(\w+)/
