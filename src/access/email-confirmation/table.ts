import { sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

/** Somebody is to confirm this e-mail; valid until used or expired. */
export const emailConfirmation = sqliteTable('email_confirmation', {
  id: text().primaryKey(),
  email: text().notNull(),
  requested_at: text().notNull(),
  expires_at: text().notNull(),
  token_hash: text(),
  used_at: text(),
})

merging(emailConfirmation, 'emptied')

belonging(emailConfirmation, {
  of: null,
  personal: ['email'],
  other: ['id', 'requested_at', 'expires_at', 'token_hash', 'used_at'],
})
