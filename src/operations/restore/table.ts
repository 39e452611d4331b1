import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

/** Nothing but a restore is written until then. */
export const maintenance = sqliteTable('maintenance', {
  id: integer().primaryKey().default(1),
  until: text().notNull(),
})

merging(maintenance, 'kept')

belonging(maintenance, { of: null, other: ['id', 'until'] })
