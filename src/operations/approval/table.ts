import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { merging } from '#/platform/database/merging.ts'
import { approvalStates } from '#/platform/words.ts'
import { belonging } from '#/platform/personal/subject.ts'

/** An act that one person asked for and another one decides on. */
export const approval = sqliteTable('approval', {
  id: text().primaryKey(),
  /** The permission of the act. */
  operation: text().notNull(),
  /** What it is about, for people: the name of a backup. */
  subject: text().notNull(),
  input: text({ mode: 'json' }).$type<unknown>().notNull(),
  requested_by: integer().notNull(),
  requested_at: text().notNull(),
  expires_at: text().notNull(),
  status: text({ enum: approvalStates }).notNull().default('pending'),
  decided_by: integer(),
  decided_at: text(),
  note: text(),
})

merging(approval, 'current')

belonging(approval, {
  of: 'account',
  by: approval.requested_by,
  personal: ['note'],
  other: [
    'id',
    'operation',
    'subject',
    'input',
    'requested_by',
    'requested_at',
    'expires_at',
    'status',
    'decided_by',
    'decided_at',
  ],
})
