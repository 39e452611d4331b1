import { sql } from 'drizzle-orm'
import { integer, text } from 'drizzle-orm/sqlite-core'
import { emptiable, lifecycle, ordered, salted, softDeletable } from '#/platform/database/columns.ts'
import { applicationStates } from '#/platform/words.ts'
import { merging } from '#/platform/database/merging.ts'

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

const written = sql<string>`trim(${application.last_name} || ' ' || ${application.first_name})`
/** As an applicant is called, where equal keys are set apart. */
export const writtenName = { field: 'written_name', column: written }

// An acceptance leads on to a student, whom the backup may lack: it is given anew.
merging(applicationTable, 'restored', {
  ended: ['deleted_at'],
  erased: ['audit_salt'],
  final: { field: 'status', words: ['rejected', 'withdrawn'] },
})
