import { inTime } from '#/platform/in-time.ts'
import { describe, log } from '#/platform/log.ts'

/** How long a part may take to answer before it counts as down. */
const patienceMs = 2000

export interface Probed<T> {
  state: 'ok' | 'down'
  latency_ms: number
  /** What was found; undefined when the part is down. */
  found: T | undefined
}

/** Looks at one part. Whatever goes wrong, and an answer that does not come, means that it is down; the log says why. */
export async function probe<T>(component: string, look: () => Promise<T>): Promise<Probed<T>> {
  const start = performance.now()
  const took = () => Math.round(performance.now() - start)
  try {
    return { state: 'ok', found: await inTime(look, patienceMs), latency_ms: took() }
  } catch (error) {
    log('error', 'health_probe_failed', { component, ...describe(error) })
    return { state: 'down', found: undefined, latency_ms: took() }
  }
}
