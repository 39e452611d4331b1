export { judgeAll, type Place } from './judge.ts'
export { blameOf, judgePlace, overridesUsed, refusal } from './judge-place.ts'
export { findEnrollmentFacts, seating } from './queries.ts'
