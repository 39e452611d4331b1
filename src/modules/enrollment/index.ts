export { judgeAll, type Place } from './judge.ts'
export { blameOf, judgePlace, refusal } from './judge-place.ts'
export { findEnrollmentFacts, seating } from './queries.ts'
