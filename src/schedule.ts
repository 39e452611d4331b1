import { backgroundContext } from './background.ts'
import { forgetOldKeys } from './database/idempotency.ts'
import { forgetOldMails } from './database/mail-once.ts'
import { sweepOutbox } from './database/outbox.ts'
import type { Env } from './env.ts'
import { checkAuditLog, rollUpActivity, sealAuditLog } from './modules/audit/index.ts'
import { backUp, deleteOldBackups, resumeBackups } from './modules/backup/index.ts'
import { forgetOldLetters } from './modules/dead-letter/index.ts'
import { forgetOldFailures, forgetOldSessions } from './modules/identity/index.ts'
import { deleteOldImports, resumeImports } from './modules/import/index.ts'
import { runByClock, type Schedule } from './modules/job/index.ts'
import { forgetOldTokens } from './modules/mailed-token/index.ts'
import { flush } from './modules/metrics/index.ts'
import { refreshSearchTexts } from './modules/search/index.ts'
import { deleteOldFiles } from './modules/transcript/index.ts'
import { promoteWaitlists } from './modules/waitlist/index.ts'

/**
 * Every job there is. wrangler.toml lists the same cron expressions, docs/operations.md the same names. All jobs of one expression share an
 * invocation: fifteen minutes and 1,000 queries.
 */
export const schedule: Schedule = {
  '*/5 * * * *': {
    'sweep-outbox': sweepOutbox,
    'promote-waitlists': promoteWaitlists,
    'resume-imports': resumeImports,
    'seal-audit-log': sealAuditLog,
    'resume-backups': resumeBackups,
  },
  '0 2 * * *': {
    'back-up': backUp,
    'delete-old-backups': deleteOldBackups,
    'forget-old-keys': forgetOldKeys,
    'forget-old-sessions': forgetOldSessions,
    'forget-old-failures': forgetOldFailures,
    'forget-old-tokens': forgetOldTokens,
    'forget-old-mails': forgetOldMails,
    'forget-old-letters': forgetOldLetters,
    'delete-old-files': deleteOldFiles,
    'delete-old-imports': deleteOldImports,
    'check-audit-log': checkAuditLog,
    'roll-up-activity': rollUpActivity,
    'refresh-search-texts': refreshSearchTexts,
  },
}

/** Runs the jobs of one cron expression, one after the other. One that fails does not stop the others. */
export async function runScheduled(cron: string, env: Env, execution: ExecutionContext): Promise<void> {
  for (const [name, job] of Object.entries(schedule[cron] ?? {}))
    await runByClock(backgroundContext(env, execution, 'system.read', name), name, job)
  execution.waitUntil(flush(env))
}
