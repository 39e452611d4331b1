import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { ordered, salted } from '#/platform/database/columns.ts'
import { accountRoles, languages } from '#/platform/words.ts'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

/** An account that waits for its holder to choose a password. */
export const invitation = sqliteTable('invitation', {
  id: integer().primaryKey(),
  email: text().notNull(),
  full_name: text().notNull(),
  role: text({ enum: accountRoles }).notNull(),
  language: text({ enum: languages }).notNull(),
  token_hash: text(),
  expires_at: text().notNull(),
  accepted_at: text(),
  created_at: text().notNull(),
  /** Null for the first administrator, whom a command invites. */
  invited_by: integer(),
  /** When it was withdrawn, a newer one took its place, or whoever invited was an administrator no more. */
  voided_at: text(),
  ...salted(),
  ...ordered(),
  search_text: text().notNull().default(''),
})

merging(invitation, 'current')

belonging(invitation, {
  of: 'invitation',
  by: invitation.id,
  personal: ['email', 'full_name', 'sort_key', 'search_text'],
  other: [
    'id',
    'role',
    'language',
    'token_hash',
    'expires_at',
    'accepted_at',
    'created_at',
    'invited_by',
    'voided_at',
    'audit_salt',
    'sorted_by',
  ],
})
