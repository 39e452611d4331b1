import { courseChanged } from './course/events.ts'
import { termMoved } from './term/events.ts'

/** What this area tells of what happens in it. */
export const events = { courseChanged, termMoved }
