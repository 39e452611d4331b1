import { integer, text } from 'drizzle-orm/sqlite-core'
import { lifecycle, softDeletable } from '../../database/columns.ts'

export const { rows: requestTable, live: request } = softDeletable('service_request', () => ({
  id: integer().primaryKey(),
  student_id: integer().notNull(),
  type: text({ enum: ['transcript', 'bonafide', 'noc', 'other'] }).notNull(),
  details: text(),
  language: text({ enum: ['en', 'el'] }).notNull(),
  status: text({ enum: ['pending', 'approved', 'rejected', 'completed', 'cancelled'] }).notNull(),
  notes: text(),
  processed_by: integer(),
  processed_at: text(),
  job_id: text(),
  ...lifecycle(),
}))
