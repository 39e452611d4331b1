export { courseEntity, requirementsOf } from './queries.ts'
export { Course, CourseInput } from './schema.ts'
