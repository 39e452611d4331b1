export { studentEntity } from './queries.ts'
