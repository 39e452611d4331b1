import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

/** The hash of each sealed audit row; append-only by trigger. */
export const auditChain = sqliteTable('audit_chain', {
  audit_id: integer().primaryKey(),
  /** SHA-256, hex. */
  hash: text().notNull(),
})

/** The hash that the chain had reached at its row `last_id`. */
export const auditSeal = sqliteTable('audit_seal', {
  last_id: integer().primaryKey(),
  hash: text().notNull(),
  sealed_at: text().notNull(),
  /** When it was stored in R2, too. */
  stored_at: text(),
})

/** The making of a further chain. Its first row came by a migration; `hash` is what it has reached at `position`. */
export const auditRenewal = sqliteTable('audit_renewal', {
  id: text().primaryKey(),
  chain: integer().notNull(),
  note: text(),
  reason: text(),
  position: integer().notNull(),
  done: integer().notNull(),
  last_id: integer().notNull(),
  hash: text(),
  old_hash: text(),
  rewritten: integer().notNull(),
  step: integer().notNull(),
  error_code: text(),
  requested_by: integer(),
  created_at: text().notNull(),
  updated_at: text().notNull(),
  finished_at: text(),
})

export type Renewal = typeof auditRenewal.$inferSelect
export type Link = typeof auditChain.$inferSelect
export type AuditSeal = typeof auditSeal.$inferSelect

/** How often something was done, and refused, on a day (UTC) that is over. */
export const dailyActivity = sqliteTable('daily_activity', {
  id: integer().primaryKey(),
  day: text().notNull(),
  action: text().notNull(),
  done: integer().notNull(),
  refused: integer().notNull(),
})

merging(auditChain, 'grown')
merging(auditSeal, 'grown')
merging(auditRenewal, 'grown')
merging(dailyActivity, 'grown')

belonging(auditChain, { of: null, other: ['audit_id', 'hash'] })

belonging(auditRenewal, {
  of: null,
  other: [
    'id',
    'chain',
    'note',
    'reason',
    'position',
    'done',
    'last_id',
    'hash',
    'old_hash',
    'rewritten',
    'step',
    'error_code',
    'requested_by',
    'created_at',
    'updated_at',
    'finished_at',
  ],
})

belonging(auditSeal, { of: null, other: ['last_id', 'hash', 'sealed_at', 'stored_at'] })

belonging(dailyActivity, { of: null, other: ['id', 'day', 'action', 'done', 'refused'] })
