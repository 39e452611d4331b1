import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** The second factor of an account; in force once `confirmed_at` is set. */
export const totp = sqliteTable('totp', {
  user_id: integer().primaryKey(),
  /** Encrypted; secret-box.ts reads it. */
  secret: text().notNull(),
  last_step: integer().notNull().default(0),
  confirmed_at: text(),
  created_at: text().notNull(),
})

export const recoveryCode = sqliteTable('recovery_code', {
  user_id: integer().notNull(),
  hash: text().notNull(),
  used_at: text(),
})
