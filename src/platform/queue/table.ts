import { sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Message } from './message.ts'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

/** Messages born in the same batch as the change that caused them; a row leaves once the queue has it. */
export const outbox = sqliteTable('outbox', {
  id: text().primaryKey(),
  message: text({ mode: 'json' }).$type<Message>().notNull(),
  created_at: text().notNull(),
})

merging(outbox, 'current')

belonging(outbox, { of: null, other: ['id', 'message', 'created_at'] })
