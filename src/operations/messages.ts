import { renewalWork } from './audit-renewal/index.ts'
import { backupWork } from './backup/index.ts'

/** What travels through the queue for this area. */
export const messages = [backupWork.messageType, renewalWork.messageType]
