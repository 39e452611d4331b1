export { courseEntity, requirementsOf } from './queries.ts'
export { CourseInput } from './schema.ts'
