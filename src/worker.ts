import { app } from './app.ts'
import { consume } from './consumers.ts'
import type { Env } from './env.ts'
import { runScheduled } from './schedule.ts'

export { Gate } from './modules/gate/index.ts'
export { Metrics } from './modules/metrics/index.ts'

export default {
  fetch: app.fetch,
  queue: (batch, env, execution) => consume(batch, env, execution),
  scheduled: (event, env, execution) => runScheduled(event.cron, env, execution),
} satisfies ExportedHandler<Env>
