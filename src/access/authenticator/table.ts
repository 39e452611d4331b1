import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const recoveryCode = sqliteTable('recovery_code', {
  user_id: integer().notNull(),
  hash: text().notNull(),
  used_at: text(),
})
