import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { deadLetterStates } from '#/platform/words.ts'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

/** What the queue gave up. The same message stays one letter, however often it dies. */
export const deadLetter = sqliteTable('dead_letter', {
  id: integer().primaryKey(),
  /** The queue's own id of the delivery that died last. */
  message_id: text().notNull(),
  /** JSON, whatever it was. */
  message: text().notNull(),
  attempts: integer().notNull(),
  failed_at: text().notNull(),
  /** The same each time the message is sent; the queue's id for what is no message of Lyceum's. */
  origin_id: text(),
  type: text().notNull().default('unknown'),
  deaths: integer().notNull().default(1),
  status: text({ enum: deadLetterStates }).notNull().default('dead'),
  retried_at: text(),
  retried_by: integer(),
})

merging(deadLetter, 'current')

belonging(deadLetter, {
  of: null,
  other: [
    'id',
    'message_id',
    'message',
    'attempts',
    'failed_at',
    'origin_id',
    'type',
    'deaths',
    'status',
    'retried_at',
    'retried_by',
  ],
})
