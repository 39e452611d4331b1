export { seatFreed } from './events.ts'
export { enrollmentEntity, type EnrollmentRow, isGraded, readEnrollment } from './queries.ts'
export { Enrollment } from './schema.ts'
export { endNotes, errors as enrollmentErrors } from './errors.ts'
