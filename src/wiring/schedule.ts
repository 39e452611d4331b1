import { backgroundContext } from '#/platform/background.ts'
import { forgetOldKeys } from '#/platform/database/idempotency.ts'
import { forgetOldMails } from '#/platform/mail/mail-once.ts'
import { sweepOutbox } from '#/platform/queue/sweep-outbox.ts'
import type { Env } from '#/platform/env.ts'
import { checkAuditLog, rollUpActivity, sealAuditLog } from '#/operations/audit-log/index.ts'
import { backUp, deleteOldBackups, resumeBackups } from '#/operations/backup/index.ts'
import { forgetOldLetters } from '#/operations/dead-letter/index.ts'
import { forgetOldFailures, forgetOldSessions } from '#/access/session/index.ts'
import { deleteOldImports, resumeImports } from '#/exchange/import/index.ts'
import { runByClock, type Schedule } from '#/operations/job/index.ts'
import { forgetOldTokens } from '#/access/mailed-token/index.ts'
import { flush } from '#/operations/metrics/index.ts'
import { refreshSearchTexts } from '#/exchange/search/index.ts'
import { deleteOldFiles } from '#/paperwork/transcript-job/index.ts'
import { promoteWaitlists } from '#/enrolling/waitlist/index.ts'

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
