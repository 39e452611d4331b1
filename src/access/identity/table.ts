import type { SQLWrapper } from 'drizzle-orm'
import { textOf } from '#/platform/database/list/text-of.ts'
import { integer, sqliteTable, sqliteView, text } from 'drizzle-orm/sqlite-core'
import { flag, lifecycle, ordered, salted, softDeletable } from '#/platform/database/columns.ts'
import { accountRoles, languages, tiers } from '#/platform/words.ts'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

export const { rows: userTable, live: user } = softDeletable('user', () => ({
  id: integer().primaryKey(),
  email: text().notNull(),
  full_name: text().notNull(),
  role: text({ enum: accountRoles }).notNull(),
  tier: text({ enum: tiers }).notNull().default('free'),
  language: text({ enum: languages }).notNull().default('en'),
  is_active: flag().notNull().default(true),
  student_id: integer(),
  password_hash: text().notNull(),
  search_text: text().notNull(),
  ...lifecycle(),
  /** When a token that was mailed to this e-mail came back; null: nobody knows whose e-mail it is. */
  email_verified_at: text(),
  /** When that happened first, with whichever e-mail. The database keeps it. */
  known_since: text(),
  ...salted(),
  ...ordered(),
  /** When somebody signed in first. The database keeps it. */
  signed_in_at: text(),
  /** Counts passwords and e-mails; the database counts the e-mails. A device is known that was signed in on under the present ones. */
  device_generation: integer().notNull().default(0),
}))

/** The name of the account that a column names, deleted or not. */
export const accountName = (id: SQLWrapper) => textOf(id, userTable, userTable.full_name)

/** What that account is found by. */
export const accountSearch = (id: SQLWrapper) => textOf(id, userTable, userTable.search_text)

/** Each student, deleted or not, as accounts name theirs: a view that the people's area fills. */
export const accountStudent = sqliteView('account_student', {
  id: integer().notNull(),
  student_number: text().notNull(),
  student_name: text().notNull(),
  search_text: text().notNull(),
}).existing()

/** The second factor of an account; in force once `confirmed_at` is set. */
export const totp = sqliteTable('totp', {
  user_id: integer().primaryKey(),
  /** Encrypted; authenticator/secret-box.ts reads it. */
  secret: text().notNull(),
  last_step: integer().notNull().default(0),
  confirmed_at: text(),
  created_at: text().notNull(),
})

/** The students that are there: a view over what the area above knows. */
export const studentKey = sqliteView('student_key', { id: integer().notNull() }).existing()

merging(userTable, 'current', { of: 'id' })
merging(totp, 'current', { of: 'user_id' })

belonging(totp, {
  of: 'account',
  by: totp.user_id,
  other: ['user_id', 'secret', 'last_step', 'confirmed_at', 'created_at'],
  nouns: ['second_factor'],
})

belonging(userTable, {
  of: 'account',
  by: userTable.id,
  personal: ['email', 'full_name', 'search_text', 'sort_key'],
  other: [
    'id',
    'role',
    'tier',
    'language',
    'is_active',
    'student_id',
    'password_hash',
    'version',
    'created_at',
    'updated_at',
    'deleted_at',
    'email_verified_at',
    'known_since',
    'audit_salt',
    'sorted_by',
    'signed_in_at',
    'device_generation',
  ],
  nouns: ['user', 'account'],
})
