export { updatedSections } from './updated-sections.ts'
export {
  offeredAbsencePenalty,
  offeredAttendanceRule,
  offeredCredits,
  sectionEntity,
  sectionNames,
  sectionSearch,
  sectionTexts,
  teacherFilters,
  teaches,
} from './queries.ts'
export { overlaps, roomKey } from './rules.ts'
export { Section, SectionInput, sectionNamed } from './schema.ts'
export { errors as sectionErrors } from './errors.ts'
