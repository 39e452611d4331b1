import { integer, text } from 'drizzle-orm/sqlite-core'
import { legacy, lifecycle, softDeletable, tenths } from '#/platform/database/columns.ts'
import { repeatPolicies } from '#/platform/words.ts'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

export const { rows: programTable, live: program } = softDeletable('program', () => ({
  id: integer().primaryKey(),
  code: text().notNull(),
  title: text().notNull(),
  title_el: text(),
  degree: text(),
  credits_required: tenths(),
  repeat_policy: text({ enum: repeatPolicies }).notNull(),
  search_text: text().notNull(),
  ...lifecycle(),
  /** Code of a grading scheme. */
  grading_scheme: text().notNull(),
  /** How many credits a student may take in a term; null is no limit. */
  credits_per_term: tenths(),
  archived_at: text(),
  degree_el: text(),
  code_key: text(),
  ...legacy(),
}))

merging(programTable, 'restored')

belonging(programTable, {
  of: null,
  other: [
    'id',
    'code',
    'title',
    'title_el',
    'degree',
    'degree_el',
    'credits_required',
    'repeat_policy',
    'search_text',
    'version',
    'created_at',
    'updated_at',
    'deleted_at',
    'grading_scheme',
    'credits_per_term',
    'archived_at',
    'code_key',
    'legacy',
  ],
})
