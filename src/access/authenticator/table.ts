import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { merging } from '#/platform/database/merging.ts'

export const recoveryCode = sqliteTable('recovery_code', {
  user_id: integer().notNull(),
  hash: text().notNull(),
  used_at: text(),
})

merging(recoveryCode, 'current', { of: 'user_id' })
