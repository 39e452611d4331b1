import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { merging } from '#/platform/database/merging.ts'

/** Which rows have changed while a backup copies the tables; triggers write it. */
const backupChange = sqliteTable('backup_change', {
  id: integer().primaryKey(),
  table_name: text().notNull(),
  /** JSON array of the primary key. */
  key: text().notNull(),
})

merging(backupChange, 'kept')
