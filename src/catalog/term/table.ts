import { integer, sqliteView, text } from 'drizzle-orm/sqlite-core'
import { legacy, lifecycle, softDeletable } from '#/platform/database/columns.ts'
import { termStates } from '#/platform/words.ts'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

export const { rows: termTable, live: term } = softDeletable('term', () => ({
  id: integer().primaryKey(),
  code: text().notNull(),
  name: text().notNull(),
  name_el: text(),
  start_date: text().notNull(),
  end_date: text().notNull(),
  status: text({ enum: termStates }).notNull(),
  enrollment_opens_at: text(),
  enrollment_closes_at: text(),
  drop_deadline: text(),
  withdraw_deadline: text(),
  ...lifecycle(),
  code_key: text(),
  ...legacy(),
  search_text: text().notNull().default(''),
  turnstile_pace: integer(),
}))

/** Days that are in use in terms, by what uses them: recorded attendance, first and last days of seats. */
export const termDay = sqliteView('term_day', {
  term_id: integer().notNull(),
  kind: text({ enum: ['attendance', 'seat'] }).notNull(),
  day: text().notNull(),
}).existing()

merging(termTable, 'restored')

belonging(termTable, {
  of: null,
  other: [
    'id',
    'code',
    'name',
    'name_el',
    'start_date',
    'end_date',
    'status',
    'enrollment_opens_at',
    'enrollment_closes_at',
    'drop_deadline',
    'withdraw_deadline',
    'version',
    'created_at',
    'updated_at',
    'deleted_at',
    'code_key',
    'legacy',
    'search_text',
    'turnstile_pace',
  ],
})
