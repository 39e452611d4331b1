import { importWork } from './import/index.ts'

/** What travels through the queue for this area. */
export const messages = [importWork.messageType]
