import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Nothing but a restore is written until then. */
export const maintenance = sqliteTable('maintenance', {
  id: integer().primaryKey().default(1),
  until: text().notNull(),
})
