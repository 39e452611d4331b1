import { limitClasses } from '#/platform/words.ts'

interface Series {
  help: string
  labels: readonly string[]
  /** All values of the only label, where they are known beforehand: each is served from the start, as zero. */
  values?: readonly string[]
}

const requestSeconds = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const querySeconds = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1]
const renderSeconds = [0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const jobSeconds = [0.1, 0.5, 1, 5, 15, 60, 300, 900]

const faultOutcomes = ['tried_again', 'recovered', 'given_up'] as const
const signInOutcomes = ['signed_in', 'code_asked', 'refused', 'locked', 'rate_limited'] as const

/** What only grows. Labels take their values from a fixed stock, never from what a client sends. */
export const counters = {
  http_requests_total: { help: 'Requests that were answered.', labels: ['method', 'route', 'status'] },
  rate_limited_total: {
    help: 'Requests and sign-ins refused by a rate limit.',
    labels: ['class'],
    values: limitClasses,
  },
  rate_limiter_failures_total: { help: 'Requests for which the rate limiter could not be reached.', labels: [] },
  auth_attempts_total: { help: 'Sign-ins by password or one-time code.', labels: ['outcome'], values: signInOutcomes },
  db_queries_total: { help: 'Statements sent to the database.', labels: [] },
  db_rows_read_total: { help: 'Rows that the database read for them.', labels: [] },
  db_rows_written_total: { help: 'Rows that the database wrote for them.', labels: [] },
  db_faults_total: {
    help: 'Times that the database failed for a moment; writes that were committed all the same.',
    labels: ['outcome'],
    values: faultOutcomes,
  },
  queue_messages_total: { help: 'Messages taken from the queue.', labels: ['type', 'outcome'] },
  job_runs_total: { help: 'Runs of the jobs of the schedule.', labels: ['job', 'outcome'] },
  turnstile_failures_total: {
    help: 'Times that the turnstile of a term could not be reached; students were let through.',
    labels: [],
  },
  turnstile_waits_total: { help: 'Enrollments of students that were told to wait for their turn.', labels: [] },
  audit_head_failures_total: { help: 'Times that the running head of the audit log could not be told.', labels: [] },
  metrics_flush_failures_total: { help: 'Deliveries of these figures that failed and were repeated.', labels: [] },
} as const satisfies Record<string, Series>

/** How long something took, in seconds. */
export const histograms = {
  http_request_duration_seconds: {
    help: 'From the arrival of a request to the head of its answer.',
    labels: ['method', 'route'],
    buckets: requestSeconds,
  },
  db_query_duration_seconds: {
    help: 'What a statement took inside of the database, as the database says.',
    labels: [],
    buckets: querySeconds,
  },
  transcript_render_seconds: {
    help: 'From reading the records to having stored the transcript.',
    labels: [],
    buckets: renderSeconds,
  },
  job_duration_seconds: { help: 'Runs of the jobs of the schedule.', labels: ['job'], buckets: jobSeconds },
} as const satisfies Record<string, Series & { buckets: readonly number[] }>

type CounterName = keyof typeof counters
type HistogramName = keyof typeof histograms

/** A value for each label, in their order. */
type Labels<Names extends readonly string[]> = { readonly [I in keyof Names]: string }

type CounterLabels<Name extends CounterName> = (typeof counters)[Name] extends {
  values: readonly (infer Value extends string)[]
}
  ? readonly [Value]
  : Labels<(typeof counters)[Name]['labels']>

/** The figure of a counter; or, of a histogram, how many fell into each bucket, how many into none, and their sum. */
export type Figures = number[]

/** How the runs of one query went. */
export interface QueryFigures {
  runs: number
  max_ms: number
  rows_read: number
}

/** What this isolate has counted since it was last collected: figures by the key of the series, and by the name of the query. */
export interface Tally {
  series: Map<string, Figures>
  queries: Map<string, QueryFigures>
}

let series = new Map<string, Figures>()
let queries = new Map<string, QueryFigures>()

export function count<Name extends CounterName>(name: Name, labels: CounterLabels<Name>, by = 1): void {
  const key = keyOf(name, labels)
  const figures = series.get(key)
  if (figures) figures[0]! += by
  else series.set(key, [by])
}

export function observe<Name extends HistogramName>(
  name: Name,
  labels: Labels<(typeof histograms)[Name]['labels']>,
  seconds: number,
): void {
  const { buckets } = histograms[name]
  const key = keyOf(name, labels)
  let figures = series.get(key)
  if (!figures) series.set(key, (figures = Array.from({ length: buckets.length + 2 }, () => 0)))
  let bucket = 0
  while (bucket < buckets.length && seconds > buckets[bucket]!) bucket += 1
  figures[bucket]! += 1
  figures[buckets.length + 1]! += seconds
}

/** Counts and times the run of a job. One that has run has both outcomes, so that the first failure is seen as growth. */
export function countRun(job: string, outcome: 'done' | 'failed', ms: number): void {
  count('job_runs_total', [job, 'done'], outcome === 'done' ? 1 : 0)
  count('job_runs_total', [job, 'failed'], outcome === 'failed' ? 1 : 0)
  observe('job_duration_seconds', [job], ms / 1000)
}

/** Keeps the run of a query for the list of the slowest. */
export function profile(name: string, ms: number, rowsRead: number): void {
  const known = queries.get(name)
  if (known) {
    known.runs += 1
    known.rows_read += rowsRead
    if (ms > known.max_ms) known.max_ms = ms
  } else {
    queries.set(name, { runs: 1, max_ms: ms, rows_read: rowsRead })
  }
}

/** Hands over what was counted, once; undefined when that is nothing. */
export function collect(): Tally | undefined {
  if (series.size === 0 && queries.size === 0) return undefined
  const tally = { series, queries }
  series = new Map()
  queries = new Map()
  return tally
}

const separator = '|'

const keyOf = (name: string, labels: readonly string[]) =>
  labels.length === 0 ? name : name + separator + labels.join(separator)

/** The name of a series and the values of its labels. */
export function partsOf(key: string): { name: string; values: string[] } {
  const [name = '', ...values] = key.split(separator)
  return { name, values }
}
