import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Never holds a row: inserting into it is how a batch fails when what it rests on no longer holds. */
export const expectWrite = sqliteTable('expect_write', { ok: integer().notNull() })

export const idempotencyKey = sqliteTable('idempotency_key', {
  user_id: integer().notNull(),
  key: text().notNull(),
  fingerprint: text().notNull(),
  entity_id: text(),
  status: integer().notNull(),
  response: text(),
  created_at: text().notNull(),
})
