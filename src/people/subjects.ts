import { subjectOf } from '#/platform/personal/subject.ts'
import { studentTable, numberSeries } from './student/table.ts'
import { studentNote } from './student-note/table.ts'

/** Whose data the rows of each table are, and what they tell of the person. */
export const subjects = [
  subjectOf(studentTable, {
    of: 'student',
    by: studentTable.id,
    personal: [
      'first_name',
      'last_name',
      'latin_name',
      'father_name',
      'date_of_birth',
      'phone',
      'email',
      'search_text',
      'sort_key',
    ],
    other: [
      'id',
      'student_number',
      'program_id',
      'study_year',
      'enrollment_date',
      'status',
      'version',
      'created_at',
      'updated_at',
      'deleted_at',
      'audit_salt',
      'sorted_by',
      'number_key',
      'legacy',
    ],
  }),
  subjectOf(numberSeries, { of: null, other: ['year', 'last'] }),
  subjectOf(studentNote, {
    of: 'student',
    by: studentNote.student_id,
    personal: ['text'],
    other: ['id', 'student_id', 'author_id', 'created_at'],
  }),
]
