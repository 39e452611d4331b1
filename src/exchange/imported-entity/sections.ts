import { Section, sectionEntity, SectionInput, sectionErrors } from '#/enrolling/section/index.ts'
import { courseErrors } from '#/catalog/course/index.ts'
import type { Check, ImportEntity } from './definition.ts'
import { course, courseTermFields, isGiven, sectionNumber, term, unknownScheme, zerosLost } from './references.ts'

/** What a section with official results is called, worth and graded by stays. */
const gradedKeeps = (field: string, differs: string): Check => ({
  error: sectionErrors.SECTION_GRADED,
  field,
  when: `exists (select 1 from live_section s where s.id = import_row.target_id and ${differs}
    and exists (select 1 from live_result where section_id = s.id and state <> 'draft'))`,
})

export const sections: ImportEntity = {
  entity: sectionEntity,
  row: Section,
  input: SectionInput.omit({ course_id: true, term_id: true }).extend({
    ...courseTermFields,
    number: sectionNumber,
  }),
  key: {
    columns: ['course_id', 'term_id', 'number_key'],
    fields: ['course_code', 'term_code', 'number'],
    zeros: zerosLost('number', 'section', 'number', 'course_id = {course_id} and term_id = {term_id}'),
  },
  references: [course, term],
  checks: [
    {
      error: courseErrors.COURSE_ARCHIVED,
      field: 'course_code',
      fields: ['course_code', 'number'],
      when: `import_row.target_id is null and exists (select 1 from live_course where id = {course_id} and archived_at is not null)`,
    },
    gradedKeeps('title', '{title} <> s.title'),
    gradedKeeps(
      'title_el',
      `${isGiven('title_el')} and {title_el} is not s.title_el and (not ${isGiven('title')} or {title} is not null)`,
    ),
    gradedKeeps('credits', 'cast(round({credits} * 10) as integer) <> s.credits'),
    gradedKeeps('grading_scheme', `${isGiven('grading_scheme')} and {grading_scheme} is not s.grading_scheme`),
    {
      error: sectionErrors.SECTION_CAPACITY_BELOW_SEATS,
      field: 'capacity',
      when: '{capacity} < (select seats_taken from live_section where id = import_row.target_id)',
    },
    {
      error: sectionErrors.SECTION_SCHEME_NOT_FOUND,
      field: 'grading_scheme',
      fields: ['grading_scheme'],
      when: unknownScheme('section'),
    },
  ],
}
