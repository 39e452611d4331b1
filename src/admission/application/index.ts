export { applicationEntity } from './queries.ts'
