import * as z from 'zod'
import { event } from '#/platform/events/event.ts'

/** A term is on other days than before. */
export const termMoved = event('term.moved', {
  term_id: z.int(),
  start: z.string(),
  end: z.string(),
  old_start: z.string(),
  old_end: z.string(),
  accept_clashes: z.boolean(),
})
