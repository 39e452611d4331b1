export { courseEntity, ruleDerivation } from './queries.ts'
export { AttendanceRule, Course, CourseInput } from './schema.ts'
export { errors as courseErrors } from './errors.ts'
