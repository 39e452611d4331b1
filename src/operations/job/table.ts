import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { jobOutcomes } from '#/platform/words.ts'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

/** The last run of each job, and when it last succeeded. */
export const jobRun = sqliteTable('job_run', {
  name: text().primaryKey(),
  run_id: text().notNull(),
  leased_until: text(),
  started_at: text().notNull(),
  finished_at: text(),
  outcome: text({ enum: jobOutcomes }),
  error_code: text(),
  handled: integer(),
  position: integer().notNull().default(0),
  succeeded_at: text(),
})

export type JobRun = typeof jobRun.$inferSelect

merging(jobRun, 'kept')

belonging(jobRun, {
  of: null,
  other: [
    'name',
    'run_id',
    'leased_until',
    'started_at',
    'finished_at',
    'outcome',
    'error_code',
    'handled',
    'position',
    'succeeded_at',
  ],
})
