import { backgroundContext } from './background.ts'
import type { Context } from './context.ts'
import { sweepOutbox } from './database/outbox.ts'
import { forgetOldKeys } from './database/idempotency.ts'
import type { Env } from './env.ts'
import { describe, log } from './log.ts'
import { countRun } from './metrics.ts'
import { checkAuditLog, sealAuditLog } from './modules/audit/index.ts'
import { forgetOldFailures, forgetOldSessions } from './modules/identity/index.ts'
import { flush } from './modules/metrics/index.ts'
import { refreshSearchTexts } from './modules/search/index.ts'
import { forgetOldTokens } from './modules/mailed-token/index.ts'
import { deleteOldImports, resumeImports } from './modules/import/index.ts'
import { deleteOldFiles } from './modules/transcript/index.ts'
import { promoteWaitlists } from './modules/waitlist/index.ts'

/** Cron expression -> jobs, each idempotent and bounded. wrangler.toml lists the same expressions. */
export const schedule: Record<string, Record<string, (ctx: Context) => Promise<unknown>>> = {
  '*/5 * * * *': { sweepOutbox, promoteWaitlists, resumeImports, sealAuditLog },
  '0 2 * * *': {
    forgetOldKeys,
    forgetOldSessions,
    forgetOldFailures,
    forgetOldTokens,
    deleteOldFiles,
    deleteOldImports,
    checkAuditLog,
    refreshSearchTexts,
  },
}

/** Runs the jobs of one cron expression. One that fails is logged and does not stop the others. */
export async function runScheduled(cron: string, env: Env, execution: ExecutionContext): Promise<void> {
  for (const [name, job] of Object.entries(schedule[cron] ?? {})) {
    const start = Date.now()
    try {
      await job(backgroundContext(env, execution, 'system.read', name))
      log('info', 'job_done', { job: name, ms: Date.now() - start })
      countRun(name, 'done', Date.now() - start)
    } catch (error) {
      log('error', 'job_failed', { job: name, ...describe(error) })
      countRun(name, 'failed', Date.now() - start)
    }
  }
  execution.waitUntil(flush(env))
}
