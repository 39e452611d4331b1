import { newId } from '#/platform/context.ts'
import { type Env, settingsOf } from '#/platform/env.ts'
import { describe, log } from '#/platform/log.ts'
import { objectNamed } from '#/platform/durable-object/object-named.ts'
import { collect, count, type Tally } from './metrics.ts'

/** What an isolate counted in one stretch. Its number lets the object tell a repeated delivery from a new one. */
export type Batch = Tally & { number: number }

/** So many requests are not kept waiting for the end of that time. */
const mostWaiting = 500
/** Until the object can be reached again no more batches are made than this; figures go on to add up. */
const mostUnsent = 10
/** A timer whose request was broken off never fires. */
const graceMs = 1000

/** One per isolate: requests of one isolate share its memory. */
let isolate = ''
let batches = 0
let unsent: readonly Batch[] = []
let waiting = 0
let heldUntil = 0

/** The one object of a deployment that keeps the figures of all isolates. */
export const metricsOf = (env: Env) => objectNamed(env, env.METRICS, env.ENVIRONMENT)

/**
 * Delivers what this isolate has counted within METRICS_FLUSH_MS, at most once in that time: the first request after a delivery holds the
 * timer for all that follow. Without such a time it is left to a scrape, or to the 500th request.
 */
export function flushSoon(env: Env, execution: Pick<ExecutionContext, 'waitUntil'>): void {
  waiting += 1
  if (waiting >= mostWaiting) return execution.waitUntil(flush(env))
  const now = Date.now()
  if (now < heldUntil) return
  const delay = settingsOf(env).METRICS_FLUSH_MS
  if (delay === 0) return
  heldUntil = now + delay + graceMs
  execution.waitUntil(flushAfter(delay, env))
}

async function flushAfter(delay: number, env: Env) {
  await scheduler.wait(delay)
  heldUntil = 0
  await flush(env)
}

/** Delivers now. What fails is kept, counted and delivered again with what comes next. */
export async function flush(env: Env): Promise<void> {
  waiting = 0
  const isFull = unsent.length >= mostUnsent
  const tally = isFull ? undefined : collect()
  if (tally) unsent = [...unsent, { ...tally, number: (batches += 1) }]
  const last = unsent.at(-1)?.number
  if (last === undefined) return
  isolate ||= newId()
  try {
    await metricsOf(env).add(isolate, unsent)
    unsent = unsent.filter(({ number }) => number > last)
  } catch (error) {
    count('metrics_flush_failures_total', [])
    log('error', 'metrics_not_delivered', { batches: unsent.length, ...describe(error) })
    return
  }
  if (isFull) await flush(env)
}

/** The ten queries with the slowest runs of the last hour: how often each ran, its slowest run (ms) and the rows that all runs have read. */
export async function slowestQueries(env: Env) {
  await flush(env)
  return metricsOf(env).slowest()
}
