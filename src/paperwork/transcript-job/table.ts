import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { languages, transcriptJobStates } from '#/platform/words.ts'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

export const transcriptJob = sqliteTable('transcript_job', {
  id: text().primaryKey(),
  student_id: integer().notNull(),
  language: text({ enum: languages }).notNull(),
  email: text(),
  requested_by: integer(),
  status: text({ enum: transcriptJobStates.words }).notNull(),
  attempts: integer().notNull(),
  error_code: text(),
  issue_id: text(),
  created_at: text().notNull(),
  finished_at: text(),
  /** Ids under which a file of the job may lie in R2: one for each delivery. */
  drafts: text({ mode: 'json' }).$type<string[]>().notNull().default([]),
  step: integer().notNull().default(0),
  updated_at: text().notNull().default(''),
})

export type Job = typeof transcriptJob.$inferSelect

merging(transcriptJob, 'current')

belonging(transcriptJob, {
  of: 'student',
  by: transcriptJob.student_id,
  personal: ['email'],
  other: [
    'id',
    'student_id',
    'language',
    'requested_by',
    'status',
    'attempts',
    'error_code',
    'issue_id',
    'created_at',
    'finished_at',
    'drafts',
    'step',
    'updated_at',
  ],
})
