import { subjectOf } from '#/platform/personal/subject.ts'
import { applicationTable } from './application/table.ts'

/** Whose data the rows of each table are, and what they tell of the person. */
export const subjects = [
  subjectOf(applicationTable, {
    of: 'application',
    by: applicationTable.id,
    personal: [
      'first_name',
      'last_name',
      'latin_name',
      'father_name',
      'date_of_birth',
      'phone',
      'statement',
      'note',
      'search_text',
      'sort_key',
    ],
    other: [
      'id',
      'user_id',
      'program_id',
      'term_id',
      'status',
      'submitted_at',
      'decided_by',
      'decided_at',
      'student_id',
      'version',
      'created_at',
      'updated_at',
      'deleted_at',
      'audit_salt',
      'sorted_by',
    ],
  }),
]
