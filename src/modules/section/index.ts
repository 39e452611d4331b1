export { clashing, teaches } from './queries.ts'
