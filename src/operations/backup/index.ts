export { deleteOldBackups } from './delete-backup.ts'
export { lastBackup } from './queries.ts'
export { backUp } from './start.ts'
export { giveUpBackup, resumeBackups, revivingBackup, workOnBackup } from './work-on.ts'
