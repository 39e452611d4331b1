import type { Chapters } from '#/platform/http/endpoint.ts'
import type { Gauge } from '#/platform/gauge/gauge.ts'
import type { MessageTypes } from '#/platform/queue/message-types.ts'
import type { Schedule } from '#/platform/job/schedule.ts'
import { refusalsOfActs } from './approval/index.ts'
import { approvalEndpoints } from './approval/routes.ts'
import { auditEndpoints } from './audit-log/routes.ts'
import { renewalEndpoints } from './audit-renewal/routes.ts'
import { backupEndpoints } from './backup/routes.ts'
import { deadLetterEndpoints } from './dead-letter/routes.ts'
import { jobEndpoints } from './job/routes.ts'
import { legacyEndpoints } from './legacy-finding/routes.ts'
import { metricsEndpoints } from './metrics/routes.ts'
import { systemEndpoints } from './system/routes.ts'

export const endpoints: Chapters = {
  System: systemEndpoints,
  Reports: legacyEndpoints,
  Audit: [...auditEndpoints, ...renewalEndpoints],
  Backups: backupEndpoints,
}

/** Those that show the gauges, jobs and messages of all areas. */
export const endpointsOver = (gauges: readonly Gauge[], schedule: Schedule, messages: MessageTypes): Chapters => ({
  System: metricsEndpoints(gauges),
  Approvals: approvalEndpoints(refusalsOfActs()),
  Jobs: jobEndpoints(schedule),
  Queues: deadLetterEndpoints(messages),
})
