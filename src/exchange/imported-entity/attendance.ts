import { date } from '#/platform/fields.ts'
import {
  Attendance,
  attendanceEntity,
  AttendanceInput,
  requirePastDay,
  attendanceErrors,
} from '#/grading/attendance/index.ts'
import type { ImportEntity } from './definition.ts'
import { official, section, sectionFields, student, studentField } from './references.ts'
import { assessmentErrors } from '#/grading/assessment/index.ts'

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
  rule: (row: { date: string }, today) => requirePastDay(row.date, today),
  checks: [
    {
      error: assessmentErrors.NOT_ENROLLED,
      field: 'student_number',
      when: `import_row.target_id is null and not exists (select 1 from live_enrollment
        where section_id = {section_id} and student_id = {student_id})`,
    },
    {
      error: attendanceErrors.ATTENDANCE_OUTSIDE_TERM,
      field: 'date',
      when: `import_row.target_id is null and not exists (select 1 from live_section s join live_term t on t.id = s.term_id
        where s.id = {section_id} and {date} between t.start_date and t.end_date)`,
      params: {
        start_date:
          '(select t.start_date from live_section s join live_term t on t.id = s.term_id where s.id = {section_id})',
        end_date:
          '(select t.end_date from live_section s join live_term t on t.id = s.term_id where s.id = {section_id})',
      },
    },
  ],
  wholeChecks: [official],
}
