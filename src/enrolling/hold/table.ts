import { integer, text } from 'drizzle-orm/sqlite-core'
import { lifecycle, softDeletable } from '#/platform/database/columns.ts'
import { holdKinds } from '#/platform/words.ts'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

export type Block = 'enrollment' | 'transcript' | 'graduation'

export const { rows: holdTable, live: hold } = softDeletable('hold', () => ({
  id: integer().primaryKey(),
  student_id: integer().notNull(),
  kind: text({ enum: holdKinds.words }).notNull(),
  blocks: text({ mode: 'json' }).$type<Block[]>().notNull(),
  office: text().notNull(),
  reason: text().notNull(),
  /** Calendar dates where the institution is. */
  from: text('starts_on').notNull(),
  until: text('ends_on'),
  placed_by: integer(),
  released_at: text(),
  released_by: integer(),
  ...lifecycle(),
}))

merging(holdTable, 'restored', { ended: ['released_at', 'released_by'] })

belonging(holdTable, {
  of: 'student',
  by: holdTable.student_id,
  personal: ['reason'],
  other: [
    'id',
    'student_id',
    'kind',
    'blocks',
    'office',
    'from',
    'until',
    'placed_by',
    'released_at',
    'released_by',
    'version',
    'created_at',
    'updated_at',
    'deleted_at',
  ],
})
