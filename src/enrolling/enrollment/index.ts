export { enrollmentEntity } from './queries.ts'
export { Enrollment } from './schema.ts'
export { errors as enrollmentErrors } from './errors.ts'
