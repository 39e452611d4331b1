export { filterEntity } from './queries.ts'
