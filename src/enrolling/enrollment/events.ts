import * as z from 'zod'
import { event } from '#/platform/events/event.ts'

/** Somebody has left a section, so that a seat is free. As many as `pending` are free only behind the audit row of the write. */
export const seatFreed = event('seat.freed', { section_id: z.int(), pending: z.int().optional() })
