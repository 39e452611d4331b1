import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Progress } from './progress.ts'
import { runTasks } from '#/platform/words.ts'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

/** A backup that is made, verified or restored; the one under way, or how it ended. */
export const backupRun = sqliteTable('backup_run', {
  id: text().primaryKey(),
  task: text({ enum: runTasks }).notNull(),
  name: text().notNull(),
  step: integer().notNull().default(0),
  progress: text({ mode: 'json' }).$type<Progress>().notNull(),
  rows: integer().notNull().default(0),
  error_code: text(),
  error_where: text(),
  requested_by: integer(),
  created_at: text().notNull(),
  updated_at: text().notNull(),
  finished_at: text(),
})

export type Run = typeof backupRun.$inferSelect

merging(backupRun, 'kept')

belonging(backupRun, {
  of: null,
  other: [
    'id',
    'task',
    'name',
    'step',
    'progress',
    'rows',
    'error_code',
    'error_where',
    'requested_by',
    'created_at',
    'updated_at',
    'finished_at',
  ],
})
