import { sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

/** Mails that were begun, by the message that asked for them; `sent_at` once they are out. */
export const mailDelivery = sqliteTable('mail_delivery', {
  message_id: text().primaryKey(),
  started_at: text().notNull(),
  sent_at: text(),
})

merging(mailDelivery, 'kept')

belonging(mailDelivery, { of: null, other: ['message_id', 'started_at', 'sent_at'] })
