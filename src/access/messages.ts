import { confirmationRequested } from './email-confirmation/events.ts'
import { invited } from './invitation/events.ts'
import { resetRequested } from './password-reset/events.ts'

/** What this area tells of what happens in it. */
export const events = { confirmationRequested, invited, resetRequested }
