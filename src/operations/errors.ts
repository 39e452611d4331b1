import * as approval from './approval/errors.ts'
import * as auditRenewal from './audit-renewal/errors.ts'
import * as backup from './backup/errors.ts'
import * as backupStore from './backup-store/errors.ts'
import * as restore from './restore/errors.ts'
import * as snapshot from './snapshot/errors.ts'
import * as job from './job/errors.ts'
import * as deadLetter from './dead-letter/errors.ts'

/** What the modules of this area refuse, and what the constraints of their tables mean. */
export const errors = {
  ...approval.errors,
  ...auditRenewal.errors,
  ...backupStore.errors,
  ...backup.errors,
  ...snapshot.errors,
  ...restore.errors,
  ...job.errors,
  ...deadLetter.errors,
}
export const constraints = {
  ...approval.constraints,
  ...backupStore.constraints,
  ...backup.constraints,
  ...restore.constraints,
  ...job.constraints,
  ...deadLetter.constraints,
}
