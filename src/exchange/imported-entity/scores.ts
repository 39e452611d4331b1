import { AssessmentInput, assessmentErrors } from '#/grading/assessment/index.ts'
import { Score, scoreEntity, ScoreInput } from '#/grading/gradebook/index.ts'
import type { ImportEntity } from './definition.ts'
import { asItWillBe, inSection, official, section, sectionFields, student, studentField } from './references.ts'
import { errors } from './errors.ts'

/** The score that counts in place of the one of a line, since a transfer took that along. */
const counting = (column: string) => `(select ${column} from live_score here join score s on s.id = here.carried_to
  join assessment work on work.id = s.assessment_id join section own on own.id = work.section_id
  where here.assessment_id = {assessment_id} and here.student_id = {student_id})`

/** Scores of everybody who ever had a seat: history includes those who left later. */
export const scores: ImportEntity = {
  entity: scoreEntity,
  row: Score,
  input: ScoreInput.omit({ assessment_id: true, student_id: true }).extend({
    ...sectionFields,
    ...studentField,
    assessment_title: AssessmentInput.shape.title,
  }),
  key: {
    columns: ['assessment_id', 'student_id'],
    fields: ['course_code', 'term_code', 'section_number', 'assessment_title', 'student_number'],
  },
  references: [
    section,
    {
      column: 'assessment_id',
      field: 'assessment_title',
      select: 'select min(id) from live_assessment where section_id = {section_id} and title = {assessment_title}',
      within: [section],
    },
    student,
  ],
  writtenBy: 'graded_by',
  deletedMayReturn: true,
  checks: [
    {
      error: errors.IMPORT_AMBIGUOUS,
      field: 'assessment_title',
      when: '(select count(*) from live_assessment where section_id = {section_id} and title = {assessment_title}) > 1',
    },
    {
      error: assessmentErrors.NOT_ENROLLED,
      field: 'student_number',
      fields: ['student_number', ...inSection],
      when: `import_row.target_id is null and not exists (select 1 from live_enrollment
        where section_id = {section_id} and student_id = {student_id})`,
    },
    {
      error: assessmentErrors.SCORE_STATE_MISMATCH,
      field: 'score',
      fields: ['score', 'state'],
      when: `(${asItWillBe('score', 'score')} is not null)
        <> (${asItWillBe('state', 'score', "'graded'")} in ('graded', 'banked'))`,
    },
    {
      error: assessmentErrors.SCORE_EXCEEDS_MAX,
      field: 'score',
      when: '{score} > (select max_score / 100.0 from live_assessment where id = {assessment_id})',
      params: { max_score: '(select max_score / 100.0 from live_assessment where id = {assessment_id})' },
    },
  ],
  wholeChecks: [
    official,
    {
      error: assessmentErrors.SCORE_CARRIED,
      field: 'student_number',
      when: `${counting('s.id')} is not null and not exists (select 1 from live_enrollment
        where section_id = {section_id} and student_id = {student_id} and status in ('enrolled', 'completed'))`,
      params: {
        section: counting('own.number'),
        assessment_id: counting('work.id'),
        score_id: counting('s.id'),
      },
    },
  ],
}
