import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { flag } from '#/platform/database/columns.ts'
import { entityNames } from '#/exchange/imported-entity/schema.ts'
import { blankCells, dateForms, importFormats, importStates, languages } from '#/platform/words.ts'
import { merging } from '#/platform/database/merging.ts'
import { errors } from './errors.ts'
import { belonging } from '#/platform/personal/subject.ts'

export const importJob = sqliteTable('import_job', {
  id: text().primaryKey(),
  entity: text({ enum: entityNames }).notNull(),
  format: text({ enum: importFormats }).notNull(),
  separator: text(),
  columns: text({ mode: 'json' }).$type<string[]>(),
  missing: text(),
  language: text({ enum: languages }).notNull(),
  size: integer().notNull(),
  dry_run: flag().notNull(),
  atomic: flag().notNull(),
  confirmed: flag().notNull(),
  rehearsal: flag().notNull(),
  state: text({ enum: importStates.words }).notNull(),
  position: integer().notNull(),
  last_line: integer().notNull(),
  cursor: integer().notNull().default(0),
  reach: integer().notNull(),
  step: integer().notNull().default(0),
  rows_read: integer().notNull().default(0),
  created: integer().notNull().default(0),
  updated: integer().notNull().default(0),
  skipped: integer().notNull().default(0),
  failed: integer().notNull().default(0),
  error_code: text(),
  requested_by: integer(),
  created_at: text().notNull(),
  updated_at: text().notNull(),
  started_at: text(),
  finished_at: text(),
  gave_up_in: text({ enum: importStates.words }),
  blank: integer().notNull().default(0),
  blanks: text({ enum: blankCells }).notNull().default('clear'),
  cleared: integer().notNull().default(0),
  dates: text({ enum: dateForms }).notNull().default('iso'),
})

export type Job = typeof importJob.$inferSelect

merging(importJob, 'restored', {
  unfinished: { field: 'finished_at', set: { state: 'failed', error_code: errors.IMPORT_RESTORED.code } },
})

belonging(importJob, {
  of: null,
  other: [
    'id',
    'entity',
    'format',
    'separator',
    'columns',
    'missing',
    'language',
    'size',
    'dry_run',
    'atomic',
    'confirmed',
    'rehearsal',
    'state',
    'position',
    'last_line',
    'cursor',
    'reach',
    'step',
    'rows_read',
    'created',
    'updated',
    'skipped',
    'failed',
    'error_code',
    'requested_by',
    'created_at',
    'updated_at',
    'started_at',
    'finished_at',
    'gave_up_in',
    'blank',
    'blanks',
    'cleared',
    'dates',
  ],
  nouns: ['import'],
})
