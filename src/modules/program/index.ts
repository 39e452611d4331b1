export { programEntity } from './queries.ts'
