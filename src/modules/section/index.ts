export { clashing, sectionEntity, teaches } from './queries.ts'
export { SectionInput } from './schema.ts'
