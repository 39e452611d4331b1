import { log } from '#/platform/log.ts'
import { count } from '#/platform/metrics/metrics.ts'
import { faultIn } from './faults.ts'
import { DatabaseUnreachable } from './unreachable.ts'

const attempts = 4
/** No attempt begins later than this after the first one: a fault may take half a minute to show. */
const patienceMs = 5000
/** Before the second attempt; three times as much before each further one. Half of it is by chance, so that those who failed together do not come back together. */
const firstPauseMs = 100

/** What `work` yields, once no fault of D1 is in its way. `attempt` counts from 1. Throws DatabaseUnreachable. */
export async function outliving<T>(
  work: (attempt: number) => Promise<T>,
  asker: Record<string, unknown> = {},
): Promise<T> {
  const until = Date.now() + patienceMs
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(attempt)
    } catch (error) {
      const fault = faultIn(error)
      if (!fault) throw error
      const isLast = fault.comesAgain === true || attempt === attempts || Date.now() > until
      count('db_faults_total', [isLast ? 'given_up' : 'tried_again'])
      log('warn', 'database_fault', { fault: fault.name, attempt, given_up: isLast, ...asker })
      if (isLast) throw new DatabaseUnreachable(`${fault.name}, ${attempt} times`)
      await scheduler.wait(firstPauseMs * 3 ** (attempt - 1) * (0.5 + Math.random() / 2))
    }
  }
}
