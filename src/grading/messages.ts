import { changeApproved } from './result-change/events.ts'

/** What this area tells of what happens in it. */
export const events = { changeApproved }
