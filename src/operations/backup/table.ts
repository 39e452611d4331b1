import { sql } from 'drizzle-orm'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Progress } from './progress.ts'
import { runTasks } from '#/platform/words.ts'

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

export const backupKey = sqliteTable('backup_key', {
  id: integer().primaryKey().default(1),
  kid: text().notNull(),
  rotated_at: text().notNull(),
})

/** Nothing but a restore is written until then. */
export const maintenance = sqliteTable('maintenance', {
  id: integer().primaryKey().default(1),
  until: text().notNull(),
})

/** Whether a restore still has the database to itself. */
export const isMaintained = (now: string) =>
  sql`exists (select 1 from ${maintenance} where ${maintenance.until} > ${now})`
