import { confirmationRequested } from './email-confirmation/events.ts'
import { invited, resetRequested } from './mailed-token/events.ts'

/** What this area tells of what happens in it. */
export const events = { confirmationRequested, invited, resetRequested }
