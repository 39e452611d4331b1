import * as z from 'zod'
import { event } from '#/platform/events/event.ts'

/** Somebody asked for a new password. Whether there is such an account shows only to the one who looks at the reset. */
export const resetRequested = event('password_reset.requested', { reset_id: z.string() })
