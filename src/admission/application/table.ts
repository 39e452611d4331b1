import { integer, text } from 'drizzle-orm/sqlite-core'
import { emptiable, lifecycle, ordered, salted, softDeletable } from '#/platform/database/columns.ts'
import { applicationStates } from '#/platform/words.ts'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

export const { rows: applicationTable, live: application } = softDeletable('application', () => ({
  id: integer().primaryKey(),
  user_id: integer().notNull(),
  program_id: integer().notNull(),
  term_id: integer().notNull(),
  first_name: emptiable().notNull(),
  last_name: emptiable().notNull(),
  latin_name: text(),
  father_name: text(),
  date_of_birth: text(),
  phone: text(),
  statement: text(),
  status: text({ enum: applicationStates.words }).notNull(),
  submitted_at: text(),
  note: text(),
  decided_by: integer(),
  decided_at: text(),
  student_id: integer(),
  search_text: text().notNull(),
  ...lifecycle(),
  ...salted(),
  ...ordered(),
}))

// An acceptance leads on to a student, whom the backup may lack: it is given anew.
merging(applicationTable, 'restored', {
  ended: ['deleted_at'],
  erased: ['audit_salt'],
  final: { field: 'status', words: ['rejected', 'withdrawn'] },
})

belonging(applicationTable, {
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
})
