export { courseEntity } from './queries.ts'
