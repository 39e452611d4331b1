import { app } from './app.ts'
import { consume } from '#/platform/queue/consume.ts'
import { consumers } from '#/wiring/consumers.ts'
import type { Env } from '#/platform/env.ts'
import { runScheduled } from '#/wiring/schedule.ts'

export { AuditHead } from '#/platform/audit/audit-head.ts'
export { Turnstile } from '#/enrolling/turnstile/index.ts'
export { Gate } from '#/platform/gate/index.ts'
export { Metrics } from '#/platform/metrics/metrics-object.ts'

export default {
  fetch: app.fetch,
  queue: (batch, env, execution) => consume(batch, env, execution, consumers),
  scheduled: (event, env, execution) => runScheduled(event.cron, env, execution),
} satisfies ExportedHandler<Env>
