import * as z from 'zod'
import { event } from '#/platform/events/event.ts'

/** An e-mail is to be confirmed. Whether an account has it shows only to the one who looks at the confirmation. */
export const confirmationRequested = event('email_confirmation.requested', { confirmation_id: z.string() })
