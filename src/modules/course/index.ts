export { courseEntity } from './queries.ts'
export { requirementsOf } from './queries.ts'
