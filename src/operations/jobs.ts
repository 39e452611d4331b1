import type { Jobs } from '#/platform/job/schedule.ts'
import { checkAuditLog, rollUpActivity, sealAuditLog } from './audit-log/index.ts'
import { renewalWork } from './audit-renewal/index.ts'
import { backUp, backupWork } from './backup/index.ts'
import { deleteOldBackups } from './backup-store/index.ts'
import { forgetOldLetters } from './dead-letter/index.ts'
import { orderNames } from './name-order/index.ts'

export const often = {
  'seal-audit-log': sealAuditLog,
  'resume-backups': backupWork.resume,
  'resume-audit-renewal': renewalWork.resume,
  'order-names': orderNames,
} satisfies Jobs

export const nightly = {
  'back-up': backUp,
  'delete-old-backups': deleteOldBackups,
  'forget-old-letters': forgetOldLetters,
  'check-audit-log': checkAuditLog,
  'roll-up-activity': rollUpActivity,
} satisfies Jobs
