export { backupWork } from './backup-work.ts'
export { lastBackup } from './queries.ts'
export { backUp } from './start.ts'
