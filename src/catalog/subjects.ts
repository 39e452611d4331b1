import { subjectOf } from '#/platform/personal/subject.ts'
import { courseRequirement, courseTable, evaluationRule } from './course/table.ts'
import { programTable } from './program/table.ts'
import { schemeTable } from './scheme/table.ts'
import { termTable } from './term/table.ts'

/** Whose data the rows of each table are, and what they tell of the person. */
export const subjects = [
  subjectOf(courseRequirement, {
    of: null,
    other: ['course_id', 'kind', 'group_number', 'required_course_id', 'minimum_percentage'],
  }),
  subjectOf(courseTable, {
    of: null,
    other: [
      'id',
      'code',
      'title',
      'title_el',
      'credits',
      'program_id',
      'absence_penalty',
      'search_text',
      'version',
      'created_at',
      'updated_at',
      'deleted_at',
      'archived_at',
    ],
  }),
  subjectOf(evaluationRule, {
    of: null,
    other: ['course_id', 'position', 'name', 'name_el', 'weight', 'aggregation', 'drop_lowest'],
  }),
  subjectOf(programTable, {
    of: null,
    other: [
      'id',
      'code',
      'title',
      'title_el',
      'degree',
      'degree_el',
      'credits_required',
      'repeat_policy',
      'search_text',
      'version',
      'created_at',
      'updated_at',
      'deleted_at',
      'grading_scheme',
      'credits_per_term',
      'archived_at',
    ],
  }),
  subjectOf(schemeTable, {
    of: null,
    other: [
      'id',
      'code',
      'scale_max',
      'step',
      'rounding',
      'decimals',
      'shows_percent',
      'pass_minimum',
      'shipped',
      'bands',
      'version',
      'created_at',
      'updated_at',
      'deleted_at',
    ],
  }),
  subjectOf(termTable, {
    of: null,
    other: [
      'id',
      'code',
      'name',
      'name_el',
      'start_date',
      'end_date',
      'status',
      'enrollment_opens_at',
      'enrollment_closes_at',
      'drop_deadline',
      'withdraw_deadline',
      'version',
      'created_at',
      'updated_at',
      'deleted_at',
    ],
  }),
]
