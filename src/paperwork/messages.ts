import { transcriptWork } from './transcript-job/index.ts'

/** What travels through the queue for this area. */
export const messages = [transcriptWork.messageType]
