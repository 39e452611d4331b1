import { integer, sqliteView, text } from 'drizzle-orm/sqlite-core'
import { legacyKinds } from '#/platform/words.ts'

/** What was there before a rule and breaks it. */
export const legacyFinding = sqliteView('legacy_finding', {
  kind: text({ enum: legacyKinds }).notNull(),
  /** Of the row, in the table that the kind says. */
  id: integer().notNull(),
  /** What a sentence about it names. */
  params: text({ mode: 'json' }).$type<Record<string, string | number | null>>().notNull(),
}).existing()
