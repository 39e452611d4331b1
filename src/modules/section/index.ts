export { sectionEntity, teaches } from './queries.ts'
