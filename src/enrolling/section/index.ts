export { sectionEntity, teaches } from './queries.ts'
export { overlaps } from './rules.ts'
export { Section, SectionInput } from './schema.ts'
export { errors as sectionErrors } from './errors.ts'
