export { blocking } from './queries.ts'
