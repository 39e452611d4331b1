import { integer, text } from 'drizzle-orm/sqlite-core'
import { lifecycle, softDeletable } from '#/platform/database/columns.ts'
import type { OverrideCheck } from './schema.ts'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

export const { rows: overrideTable, live: override } = softDeletable('enrollment_override', () => ({
  id: integer().primaryKey(),
  student_id: integer().notNull(),
  /** The code of the refusal that it lets pass. */
  check: text('check_code').$type<OverrideCheck>().notNull(),
  /** Where it holds: exactly one of the three. */
  section_id: integer(),
  course_id: integer(),
  term_id: integer(),
  reason_code: text().notNull(),
  note: text(),
  granted_by: integer(),
  expires_at: text(),
  revoked_at: text(),
  revoked_by: integer(),
  ...lifecycle(),
}))

merging(overrideTable, 'restored', { ended: ['revoked_at', 'revoked_by'] })

belonging(overrideTable, {
  of: 'student',
  by: overrideTable.student_id,
  personal: ['note'],
  other: [
    'id',
    'student_id',
    'check',
    'section_id',
    'course_id',
    'term_id',
    'reason_code',
    'granted_by',
    'expires_at',
    'revoked_at',
    'revoked_by',
    'version',
    'created_at',
    'updated_at',
    'deleted_at',
  ],
  nouns: ['override'],
})
