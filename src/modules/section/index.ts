export { meetingsOf, sectionEntity, teaches } from './queries.ts'
export { overlaps } from './rules.ts'
export { SectionInput } from './schema.ts'
