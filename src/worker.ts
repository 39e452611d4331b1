import { app } from './app.ts'
import { consume } from './consumers.ts'
import { type Env, MisconfiguredError, settingsOf } from './env.ts'
import { log } from './log.ts'
import { runScheduled } from './schedule.ts'

export { Gate } from './modules/gate/index.ts'

export default {
  fetch(request, env, execution) {
    return refusal(env) ?? app.fetch(request, env, execution)
  },
  queue: (batch, env, execution) => consume(batch, env, execution),
  scheduled: (event, env, execution) => runScheduled(event.cron, env, execution),
} satisfies ExportedHandler<Env>

/** A deployment with a missing, weak or development secret serves nothing. */
function refusal(env: Env): Response | undefined {
  try {
    settingsOf(env)
    return undefined
  } catch (error) {
    if (!(error instanceof MisconfiguredError)) throw error
    log('error', 'misconfigured', { problem: error.message })
    return new Response('Service is not configured', { status: 503, headers: { 'retry-after': '300' } })
  }
}
