export { termEntity } from './queries.ts'
