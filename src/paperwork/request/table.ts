import { integer, text } from 'drizzle-orm/sqlite-core'
import { lifecycle, softDeletable } from '#/platform/database/columns.ts'
import { languages, requestStates, requestTypes } from '#/platform/words.ts'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

export const { rows: requestTable, live: request } = softDeletable('service_request', () => ({
  id: integer().primaryKey(),
  student_id: integer().notNull(),
  type: text({ enum: requestTypes }).notNull(),
  details: text(),
  language: text({ enum: languages }).notNull(),
  status: text({ enum: requestStates.words }).notNull(),
  notes: text(),
  processed_by: integer(),
  processed_at: text(),
  job_id: text(),
  ...lifecycle(),
  search_text: text().notNull().default(''),
}))

merging(requestTable, 'restored', {
  final: { field: 'status', words: ['approved', 'rejected', 'completed', 'cancelled'] },
})

belonging(requestTable, {
  of: 'student',
  by: requestTable.student_id,
  personal: ['details', 'notes', 'search_text'],
  other: [
    'id',
    'student_id',
    'type',
    'language',
    'status',
    'processed_by',
    'processed_at',
    'job_id',
    'version',
    'created_at',
    'updated_at',
    'deleted_at',
  ],
  nouns: ['request'],
})
