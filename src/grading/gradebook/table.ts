import { integer, text } from 'drizzle-orm/sqlite-core'
import { hundredths, lifecycle, softDeletable } from '#/platform/database/columns.ts'
import { scoreStates } from '#/platform/words.ts'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

export const { rows: scoreTable, live: score } = softDeletable('score', () => ({
  id: integer().primaryKey(),
  assessment_id: integer().notNull(),
  student_id: integer().notNull(),
  /** Null unless the state is graded or banked. */
  score: hundredths(),
  state: text({ enum: scoreStates }).notNull(),
  graded_by: integer(),
  ...lifecycle(),
  /** The score of another section that a transfer brought here. */
  carried_from: integer(),
  /** The score that counts in place of this one, since a transfer. */
  carried_to: integer(),
  /** When score or state were last given. */
  graded_at: text().notNull().default(''),
}))

merging(scoreTable, 'restored')

belonging(scoreTable, {
  of: 'student',
  by: scoreTable.student_id,
  other: [
    'id',
    'assessment_id',
    'student_id',
    'score',
    'state',
    'graded_by',
    'carried_from',
    'carried_to',
    'version',
    'created_at',
    'updated_at',
    'deleted_at',
    'graded_at',
  ],
})
