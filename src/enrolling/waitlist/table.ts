import { integer, text } from 'drizzle-orm/sqlite-core'
import { lifecycle, softDeletable } from '#/platform/database/columns.ts'
import type { Params } from '#/platform/errors.ts'

/** Who waits for a seat; the id is the order. An entry without an enrollment still waits. */
export const { rows: waitlistTable, live: waitlistEntry } = softDeletable('waitlist_entry', () => ({
  id: integer().primaryKey(),
  section_id: integer().notNull(),
  student_id: integer().notNull(),
  /** The seat that it led to. */
  enrollment_id: integer(),
  /** When a seat went to somebody behind, and what stood in the way. */
  skipped_at: text(),
  skipped_reason: text({ mode: 'json' }).$type<{ code: string; params: Params }>(),
  ...lifecycle(),
}))
