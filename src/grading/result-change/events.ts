import * as z from 'zod'
import { event } from '#/platform/events/event.ts'

/** Somebody agreed to a change of a result; whether it needs a second one, the change says. */
export const changeApproved = event('result_change.approved', { change_id: z.int() })
