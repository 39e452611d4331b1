import { seatFreed } from './enrollment/events.ts'
import { seatsAdded } from './section/events.ts'

/** What this area tells of what happens in it. */
export const events = { seatFreed, seatsAdded }
