export { courseEntity } from './queries.ts'
export { Course, CourseInput } from './schema.ts'
export { errors as courseErrors } from './errors.ts'
