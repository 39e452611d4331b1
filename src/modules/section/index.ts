export { teaches } from './queries.ts'
