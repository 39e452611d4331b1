import * as z from 'zod'
import { event } from '#/platform/events/event.ts'

/** A section has more seats than before. */
export const seatsAdded = event('section.seats_added', { section_id: z.int() })
