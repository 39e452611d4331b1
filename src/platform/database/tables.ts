import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { flag } from './columns.ts'
import { deadLetterStates } from '#/platform/words.ts'

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

export type Changes = Record<string, { old?: unknown; new?: unknown }>

/** Never holds a row: inserting into it is how a batch fails when what it rests on no longer holds. */
export const expectWrite = sqliteTable('expect_write', { ok: integer().notNull() })

/** Messages born in the same batch as the change that caused them; a row leaves once the queue has it. */
export const outbox = sqliteTable('outbox', {
  id: text().primaryKey(),
  message: text({ mode: 'json' }).$type<Message>().notNull(),
  created_at: text().notNull(),
})

/** What travels through the queue; consumers.ts says which types exist. */
export interface Message {
  type: string
  [field: string]: unknown
}

export const idempotencyKey = sqliteTable('idempotency_key', {
  user_id: integer().notNull(),
  key: text().notNull(),
  fingerprint: text().notNull(),
  entity_id: text(),
  status: integer().notNull(),
  response: text(),
  created_at: text().notNull(),
})

/** What the queue gave up. The same message stays one letter, however often it dies. */
export const deadLetter = sqliteTable('dead_letter', {
  id: integer().primaryKey(),
  /** The queue's own id of the delivery that died last. */
  message_id: text().notNull(),
  /** JSON, whatever it was. */
  message: text().notNull(),
  attempts: integer().notNull(),
  failed_at: text().notNull(),
  /** The same each time the message is sent; the queue's id for what is no message of Lyceum's. */
  origin_id: text(),
  type: text().notNull().default('unknown'),
  deaths: integer().notNull().default(1),
  status: text({ enum: deadLetterStates }).notNull().default('dead'),
  retried_at: text(),
  retried_by: integer(),
})

/** Mails that were begun, by the message that asked for them; `sent_at` once they are out. */
export const mailDelivery = sqliteTable('mail_delivery', {
  message_id: text().primaryKey(),
  started_at: text().notNull(),
  sent_at: text(),
})
