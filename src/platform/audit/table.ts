import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { flag } from '#/platform/database/columns.ts'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

/** Append-only by trigger. `changes` is JSON: field -> { old, new }. */
export const auditLog = sqliteTable('audit_log', {
  id: integer().primaryKey(),
  at: text().notNull(),
  actor_id: integer(),
  actor_role: text().notNull(),
  action: text().notNull(),
  entity_type: text().notNull(),
  entity_id: text(),
  changes: text({ mode: 'json' }).$type<Changes>().notNull(),
  summary: text(),
  reason: text(),
  success: flag().notNull(),
  method: text().notNull(),
  path: text().notNull(),
  status: integer().notNull(),
  ip: text(),
  user_agent: text(),
  request_id: text().notNull(),
})

/** One row: the highest id that was ever given. */
export const auditHighWater = sqliteTable('audit_high_water', {
  id: integer().primaryKey(),
  last: integer().notNull(),
  moving: integer(),
})

export type Changes = Record<string, { old?: unknown; new?: unknown }>

merging(auditLog, 'grown')
merging(auditHighWater, 'kept')

belonging(auditLog, {
  of: null,
  personal: ['changes', 'summary', 'reason', 'ip', 'user_agent'],
  other: [
    'id',
    'at',
    'actor_id',
    'actor_role',
    'action',
    'entity_type',
    'entity_id',
    'success',
    'method',
    'path',
    'status',
    'request_id',
  ],
})

belonging(auditHighWater, { of: null, other: ['id', 'last', 'moving'] })
