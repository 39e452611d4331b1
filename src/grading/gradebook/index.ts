export { gradeOf } from './grades.ts'
export { findGradebook } from './queries.ts'
export { scoreEntity } from './queries.ts'
export { Score, ScoreInput } from './schema.ts'
