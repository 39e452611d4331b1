export { updatedSections } from './updated-sections.ts'
export {
  offeredAbsencePenalty,
  offeredAttendanceRule,
  offeredCredits,
  sectionEntity,
  sectionNames,
  sectionTexts,
  teaches,
} from './queries.ts'
export { overlaps } from './rules.ts'
export { Section, SectionInput, sectionNamed } from './schema.ts'
export { errors as sectionErrors } from './errors.ts'
