export { deleteOldBackups } from './delete-backup.ts'
export { lastBackup } from './queries.ts'
export { startBackup } from './start.ts'
export { giveUpBackup, resumeBackups, workOnBackup } from './work-on.ts'
