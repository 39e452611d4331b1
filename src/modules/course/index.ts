export { requirementsOf } from './queries.ts'
