export { mindingClashes, refuseClashes, tellingClashes } from './judge-clashes.ts'
export { clashCount } from './queries.ts'
export { ofInstructors, ofMeetings, ofSection, ofTerm } from './meeting-queries.ts'
export { mindTermDates } from './mind-term-dates.ts'
