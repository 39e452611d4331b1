/** What can be imported, in the order in which a fresh university would be. */
export const entityNames = [
  'programs',
  'courses',
  'terms',
  'sections',
  'students',
  'enrollments',
  'attendance',
  'assessments',
  'scores',
] as const
export type EntityName = (typeof entityNames)[number]
