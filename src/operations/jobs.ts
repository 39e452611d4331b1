import type { Jobs } from '#/platform/job/schedule.ts'
import { checkAuditLog, rollUpActivity, sealAuditLog } from './audit-log/index.ts'
import { backUp, deleteOldBackups, resumeBackups } from './backup/index.ts'
import { forgetOldLetters } from './dead-letter/index.ts'

export const often = { 'seal-audit-log': sealAuditLog, 'resume-backups': resumeBackups } satisfies Jobs

export const nightly = {
  'back-up': backUp,
  'delete-old-backups': deleteOldBackups,
  'forget-old-letters': forgetOldLetters,
  'check-audit-log': checkAuditLog,
  'roll-up-activity': rollUpActivity,
} satisfies Jobs
