import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

export const backupKey = sqliteTable('backup_key', {
  id: integer().primaryKey().default(1),
  kid: text().notNull(),
  rotated_at: text().notNull(),
})

merging(backupKey, 'kept')

belonging(backupKey, { of: null, other: ['id', 'kid', 'rotated_at'] })
