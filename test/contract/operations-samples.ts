import { renewalWork } from '#/operations/audit-renewal/index.ts'
import { newId } from '#/platform/context.ts'
import { order } from '../operations/audit-renewal/old-rows.ts'
import { buriedLetter } from '../platform/queue/deliver.ts'
import { Queue } from '../platform/work/runs.ts'
import { countRows, testEnv } from '../world.ts'
import { approvalSamples, backupSamples } from './backup-samples.ts'
import { plain, type SampleMaker } from './sample-rows.ts'

/** Lets a further chain of the audit log follow the first. */
async function followed(): Promise<string> {
  if ((await countRows('audit_renewal')) === 0) {
    const queue = new Queue()
    await order(2)
    queue.messages.push({ id: newId(), ...renewalWork.message('chain-2') })
    await queue.empty()
  }
  return '/audit/chains/1/verify'
}

export const operationsSamples: Record<string, SampleMaker> = {
  welcome: plain('/'),
  getHealth: plain('/health'),
  getHealthz: plain('/healthz'),
  getReadiness: plain('/health/ready'),
  getLiveness: plain('/health/live'),
  getOpenApi: plain('/openapi.json'),
  getReference: plain('/docs'),
  getMetrics: async () => ({ path: '~/metrics', as: { token: testEnv.METRICS_TOKEN } }),
  ...backupSamples,
  ...approvalSamples,

  listAuditEntries: async () => ({ path: '/audit/logs' }),
  getAuditEntry: async () => ({ path: '/audit/logs/1' }),
  listDailyActivity: async () => ({ path: '/audit/activity' }),
  verifyAuditLog: async () => ({ path: '/audit/verify' }),

  getHealthDetails: plain('/health/details'),
  verifyArchivedChain: async () => ({ path: await followed() }),
  listJobs: async () => ({ path: '/jobs' }),
  runJob: async () => ({ path: '/jobs/sweep-outbox/run' }),
  listDeadLetters: async () => ({ path: '/queues/dead-letters' }),
  retryDeadLetter: async () => ({ path: `/queues/dead-letters/${await buriedLetter()}/retry` }),
  listLegacy: async () => ({ path: '/reports/legacy' }),
}
