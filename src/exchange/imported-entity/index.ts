import type { ImportEntity } from './definition.ts'
import type { EntityName } from './schema.ts'
import { assessments } from './assessments.ts'
import { attendance } from './attendance.ts'
import { enrollments } from './enrollments.ts'
import { courses, programs } from './offered.ts'
import { scores } from './scores.ts'
import { sections } from './sections.ts'
import { students } from './students.ts'
import { terms } from './terms.ts'

export const importEntities: Record<EntityName, ImportEntity> = {
  programs,
  courses,
  terms,
  sections,
  students,
  enrollments,
  attendance,
  assessments,
  scores,
}

export type { Check, ImportEntity, Reference, Zeros } from './definition.ts'
export { identifiers } from './references.ts'
export { errors as importedEntityErrors } from './errors.ts'
