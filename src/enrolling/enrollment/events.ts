import * as z from 'zod'
import { event } from '#/platform/events/event.ts'

/** Somebody has left a section, so that a seat is free. */
export const seatFreed = event('seat.freed', { section_id: z.int() })
