import { transcriptAwaited } from './transcript-job/events.ts'
import { transcriptWork } from './transcript-job/index.ts'

/** What this area tells of what happens in it. */
export const events = { transcriptAwaited }

/** What travels through the queue for this area. */
export const messages = [transcriptWork.messageType]
