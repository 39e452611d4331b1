import { buriedLetter } from '../platform/queue/deliver.ts'
import { plain, type SampleMaker } from './sample-rows.ts'

/** What keeps Lyceum running. */
export const runningSamples: Record<string, SampleMaker> = {
  getHealthDetails: plain('/health/details'),
  listJobs: async () => ({ path: '/jobs' }),
  runJob: async () => ({ path: '/jobs/sweep-outbox/run' }),
  listDeadLetters: async () => ({ path: '/queues/dead-letters' }),
  retryDeadLetter: async () => ({ path: `/queues/dead-letters/${await buriedLetter()}/retry` }),
}
