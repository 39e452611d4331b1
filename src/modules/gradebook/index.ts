export { gradeOf } from './grades.ts'
export { findGradebook } from './queries.ts'
