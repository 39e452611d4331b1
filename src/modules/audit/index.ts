export { sealAuditLog } from './seal-audit-log.ts'
export { checkAuditLog } from './verify-audit-log.ts'
