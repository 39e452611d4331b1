export { judgeAll, type Place } from './judge.ts'
export { blameOf, judgePlace, refusal } from './judge-place.ts'
export { enrollmentEntity, findEnrollmentFacts, noSeatElsewhere, placesOf, seating } from './queries.ts'
export { Enrollment } from './schema.ts'
