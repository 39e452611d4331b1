import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

export const recoveryCode = sqliteTable('recovery_code', {
  user_id: integer().notNull(),
  hash: text().notNull(),
  used_at: text(),
})

merging(recoveryCode, 'current', { of: 'user_id' })

belonging(recoveryCode, { of: 'account', other: ['user_id', 'hash', 'used_at'] })
