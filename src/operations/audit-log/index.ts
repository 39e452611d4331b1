export { rollUpActivity } from './roll-up-activity.ts'
export { sealAuditLog } from './seal-audit-log.ts'
export { checkAuditLog } from './verify-audit-log.ts'
