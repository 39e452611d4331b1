import { optional } from '#/platform/fields.ts'
import { Assessment, assessmentEntity, AssessmentInput } from '#/grading/assessment/index.ts'
import { CategoryInput } from '#/grading/category/index.ts'
import type { ImportEntity } from './definition.ts'
import { section, sectionFields } from './references.ts'
import { errors } from './errors.ts'

/** The title tells the assessments of a section apart. */
export const assessments: ImportEntity = {
  entity: assessmentEntity,
  row: Assessment,
  input: AssessmentInput.omit({ section_id: true, category_id: true }).extend({
    ...sectionFields,
    category_name: optional(CategoryInput.shape.name),
    weight: Assessment.shape.weight.default(100),
  }),
  key: { columns: ['section_id', 'title'], fields: ['course_code', 'term_code', 'section_number', 'title'] },
  references: [
    section,
    {
      column: 'category_id',
      field: 'category_name',
      select: 'select id from live_assessment_category where section_id = {section_id} and name = {category_name}',
      within: [section],
      isOptional: true,
    },
  ],
  blame: { total: '> 100' },
  checks: [
    {
      error: errors.IMPORT_AMBIGUOUS,
      field: 'title',
      when: '(select count(*) from live_assessment where section_id = {section_id} and title = {title}) > 1',
    },
  ],
}
