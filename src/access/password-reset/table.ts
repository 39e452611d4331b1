import { sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

/** Somebody asked for a new password for this e-mail; valid until used or expired. The database forgets it when the account changes. */
export const passwordReset = sqliteTable('password_reset', {
  id: text().primaryKey(),
  email: text().notNull(),
  requested_at: text().notNull(),
  expires_at: text().notNull(),
  token_hash: text(),
  used_at: text(),
})

merging(passwordReset, 'emptied')

belonging(passwordReset, {
  of: null,
  personal: ['email'],
  other: ['id', 'requested_at', 'expires_at', 'token_hash', 'used_at'],
})
