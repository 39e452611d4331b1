import { integer, sqliteView, text } from 'drizzle-orm/sqlite-core'
import { flag, hundredths, lifecycle, softDeletable, tenths } from '#/platform/database/columns.ts'
import { outcomes, resultStates } from '#/platform/words.ts'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

export const { rows: resultTable, live: result } = softDeletable('result', () => ({
  id: integer().primaryKey(),
  student_id: integer().notNull(),
  section_id: integer().notNull(),
  state: text({ enum: resultStates.words }).notNull(),
  outcome: text({ enum: outcomes }).notNull(),
  percentage: hundredths().notNull(),
  letter: text().notNull(),
  points: hundredths().notNull(),
  /** On the scale of the grading scheme. */
  value: hundredths().notNull(),
  credits: tenths().notNull(),
  published_at: text(),
  published_by: integer(),
  frozen_at: text(),
  frozen_by: integer(),
  ...lifecycle(),
  /** The grading scheme that the figures are of; a W has none. */
  scheme_id: integer(),
  /** What the section was called when the result became official; null before. */
  code: text(),
  title: text(),
  title_el: text(),
  /** What the work said when the figures of a draft were made; null once official, in a W, and in drafts of before. */
  basis: text(),
  /** Whether a person said the percentage, not the gradebook. */
  set_by_hand: flag().notNull().default(false),
}))

/** What the figures of a seat are made of, as the work is now. */
export const resultBasis = sqliteView('result_basis', {
  section_id: integer().notNull(),
  student_id: integer().notNull(),
  basis: text().notNull(),
}).existing()

merging(resultTable, 'restored')

belonging(resultTable, {
  of: 'student',
  by: resultTable.student_id,
  other: [
    'id',
    'student_id',
    'section_id',
    'state',
    'outcome',
    'percentage',
    'letter',
    'points',
    'value',
    'credits',
    'published_at',
    'published_by',
    'frozen_at',
    'frozen_by',
    'version',
    'created_at',
    'updated_at',
    'deleted_at',
    'scheme_id',
    'code',
    'title',
    'title_el',
    'basis',
    'set_by_hand',
  ],
})
