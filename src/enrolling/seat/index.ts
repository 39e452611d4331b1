export { errors as seatErrors, takenNotes, waitlistNotes, windowNotes } from './errors.ts'
export { isOfCourse, judgeAll, mayBeLeftFor, type Place } from './judge.ts'
export { blameOf, judgePlace, overridesUsed, reasonsOf, refusal } from './judge-place.ts'
export {
  attends,
  expectAsRead,
  keeps,
  keptSection,
  placesOf,
  seating,
  seatingLine,
  sectionThere,
  studentsOf,
  studentThere,
} from './place-queries.ts'
export { endedMembership, endingMembership, isMember } from './membership-queries.ts'
export { findEnrollmentFacts, gradedIn } from './queries.ts'
export { tellingCarried, tellingReplaced } from './telling-scores.ts'
export { tellingEnded, tellingGiven } from './telling-seats.ts'
export { type Refusal, takenParams } from './rules.ts'
export { carriedWork, enrollmentTable, openSeat, transferableAttendance, transferableScore } from './table.ts'
