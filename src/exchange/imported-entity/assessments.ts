import { optional } from '#/platform/fields.ts'
import { Assessment, assessmentEntity, AssessmentInput, assessmentErrors } from '#/grading/assessment/index.ts'
import { CategoryInput } from '#/grading/category/index.ts'
import { resultErrors } from '#/grading/result/index.ts'
import type { Check, ImportEntity } from './definition.ts'
import { inSection, isGiven, section, sectionFields } from './references.ts'
import { errors } from './errors.ts'

/** In hundredths, as they rest: what a staged row weighs by itself; nothing inside of a category. */
const weightOf = (row: string) => {
  const value = (name: string) => `${row}.content ->> '$.${name}'`
  const stored = (name: string) => `(select ${name} from live_assessment where id = ${row}.target_id)`
  const isGivenIn = (name: string) => `json_type(${row}.content, '$.${name}') is not null`
  const category = `iif(${isGivenIn('category_name')}, ${value('category_id')}, ${stored('category_id')})`
  const weight = `iif(${isGivenIn('weight')}, round((${value('weight')}) * 100), coalesce(${stored('weight')}, 10000))`
  return `iif(${category} is null, ${weight}, 0)`
}

/**
 * Beside the work of the section that this file does not change. What earlier lines weigh is for the database to say when they are written, but
 * a line that is refused anyway hears of it at once.
 */
const tooHeavy: Check = {
  error: assessmentErrors.WEIGHT_EXCEEDED,
  field: 'weight',
  fields: ['weight', 'category_name', ...inSection],
  beside: `select line, sum(iif(action in ('create', 'update'), weight, 0)) over (
      partition by section_id order by line rows between unbounded preceding and 1 preceding) as earlier
    from (select line, action, content ->> '$.section_id' as section_id, ${weightOf('staged')} as weight
      from import_row staged where import_id = {import})`,
  when: `${weightOf('import_row')} > 0 and ${weightOf('import_row')}
    + iif(import_row.action = 'error', coalesce(beside.earlier, 0), 0)
    + (select coalesce(sum(weight), 0) from live_assessment where section_id = {section_id} and category_id is null
        and id is not import_row.target_id
        and id not in (select target_id from import_row where import_id = {import} and action = 'update')) > 10000`,
  params: { total: `'> 100'` },
}

const isOther = (name: string, resting = `{${name}}`) => `${isGiven(name)} and ${resting} is not work.${name}`
const hundredths = (name: string) => `cast(round({${name}} * 100) as integer)`
const changes = [
  isOther('category_id'),
  isOther('type'),
  isOther('title_el'),
  isOther('weight', hundredths('weight')),
  isOther('max_score', hundredths('max_score')),
  isOther('due_at'),
]

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
    {
      error: assessmentErrors.MAX_SCORE_BELOW_SCORES,
      field: 'max_score',
      when: `exists (select 1 from live_score where assessment_id = import_row.target_id and score > ${hundredths('max_score')})`,
    },
    {
      error: assessmentErrors.CATEGORY_IS_ATTENDANCE,
      field: 'category_name',
      when: `exists (select 1 from live_assessment_category where id = {category_id} and kind = 'attendance')`,
    },
  ],
  wholeChecks: [
    {
      error: resultErrors.RESULT_OFFICIAL,
      field: 'section_number',
      fields: inSection,
      when: `exists (select 1 from live_result where section_id = {section_id} and state <> 'draft')
        and (import_row.target_id is null or exists (select 1 from live_assessment work
          where work.id = import_row.target_id and (${changes.join(' or ')})))`,
    },
    tooHeavy,
  ],
}
