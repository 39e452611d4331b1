export { enrollmentEntity } from './queries.ts'
export { Enrollment } from './schema.ts'
