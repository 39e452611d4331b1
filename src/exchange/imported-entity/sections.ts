import { Section, sectionEntity, SectionInput, sectionErrors } from '#/enrolling/section/index.ts'
import type { ImportEntity } from './definition.ts'
import { course, courseTermFields, scheme, sectionNumber, term, zerosLost } from './references.ts'

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
  references: [course, term, scheme],
  checks: [
    {
      error: sectionErrors.SECTION_CAPACITY_BELOW_SEATS,
      field: 'capacity',
      when: '{capacity} < (select seats_taken from live_section where id = import_row.target_id)',
    },
    {
      error: sectionErrors.SECTION_SCHEME_NOT_FOUND,
      field: 'grading_scheme',
      when: `{grading_scheme} is not null and not exists (select 1 from live_grading_scheme where code = {grading_scheme})`,
    },
  ],
}
