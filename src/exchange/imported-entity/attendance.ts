import { date } from '#/platform/fields.ts'
import {
  Attendance,
  attendanceEntity,
  AttendanceInput,
  requirePastDay,
  attendanceErrors,
} from '#/grading/attendance/index.ts'
import type { ImportEntity } from './definition.ts'
import { inSection, official, section, sectionFields, student, studentField } from './references.ts'
import { assessmentErrors } from '#/grading/assessment/index.ts'

const ofTerm = (column: string) =>
  `(select t.${column} from live_section s join live_term t on t.id = s.term_id where s.id = {section_id})`
const inTerm = `coalesce({date} between ${ofTerm('start_date')} and ${ofTerm('end_date')}, 0)`
/** Of the newest seat that the student has or had. */
const ofStudent = (column: string) => `(select ${column} from live_enrollment
  where section_id = {section_id} and student_id = {student_id} order by id desc limit 1)`

export const attendance: ImportEntity = {
  entity: attendanceEntity,
  row: Attendance,
  input: AttendanceInput.omit({ section_id: true, student_id: true }).extend({
    ...sectionFields,
    ...studentField,
    date,
  }),
  key: {
    columns: ['section_id', 'student_id', 'date', 'period'],
    fields: ['course_code', 'term_code', 'section_number', 'student_number', 'date', 'period'],
  },
  references: [section, student],
  writtenBy: 'recorded_by',
  rules: [{ field: 'date', require: requirePastDay }],
  checks: [
    {
      error: assessmentErrors.NOT_ENROLLED,
      field: 'student_number',
      fields: ['student_number', ...inSection],
      when: `import_row.target_id is null and not exists (select 1 from live_enrollment
        where section_id = {section_id} and student_id = {student_id})`,
    },
    {
      error: attendanceErrors.ATTENDANCE_OUTSIDE_MEMBERSHIP,
      field: 'date',
      fields: ['date', 'student_number', ...inSection],
      when: `import_row.target_id is null and ${ofStudent('id')} is not null and ${inTerm} and not exists (select 1 from live_enrollment
        where section_id = {section_id} and student_id = {student_id}
          and {date} between coalesce(member_from, '') and coalesce(member_until, '9999'))`,
      params: {
        from: `coalesce(${ofStudent('member_from')}, ${ofTerm('start_date')})`,
        to: `coalesce(${ofStudent('member_until')}, ${ofTerm('end_date')})`,
      },
    },
    {
      error: attendanceErrors.ATTENDANCE_OUTSIDE_TERM,
      field: 'date',
      fields: ['date', ...inSection],
      when: `import_row.target_id is null and not ${inTerm}`,
      params: { start_date: ofTerm('start_date'), end_date: ofTerm('end_date') },
    },
  ],
  wholeChecks: [official],
}
