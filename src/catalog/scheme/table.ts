import { integer, text } from 'drizzle-orm/sqlite-core'
import { roundings } from '#/platform/words.ts'
import { flag, hundredths, legacy, lifecycle, softDeletable } from '#/platform/database/columns.ts'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

/** As it rests and travels: figures are numbers, which keep every decimal they came with. */
export interface BandRow {
  minimum: number
  letter: string
  points: number | null
  passing: boolean
  /** For documents, where the letter says too little. */
  name: string | null
  name_el: string | null
}

export const { rows: schemeTable, live: scheme } = softDeletable('grading_scheme', () => ({
  id: integer().primaryKey(),
  code: text().notNull(),
  scale_max: integer().$type<100 | 20 | 10>().notNull(),
  pass_minimum: hundredths().notNull(),
  shipped: flag().notNull(),
  bands: text({ mode: 'json' }).$type<BandRow[]>().notNull(),
  ...lifecycle(),
  /** The values are whole steps of it. */
  step: hundredths().$type<0.01 | 0.05 | 0.1 | 0.25 | 0.5 | 1>().notNull(),
  rounding: text({ enum: roundings }).notNull(),
  /** Of grades in documents. */
  decimals: integer().notNull(),
  /** Whether documents also show percentage and points. */
  shows_percent: flag().notNull(),
  search_text: text().notNull().default(''),
  /** JSON: its code and letters, which results repeat, each with what it is found by. */
  word_texts: text().notNull().default('{}'),
  code_key: text(),
  ...legacy(),
}))

merging(schemeTable, 'restored')

belonging(schemeTable, {
  of: null,
  other: [
    'id',
    'code',
    'scale_max',
    'step',
    'rounding',
    'decimals',
    'shows_percent',
    'pass_minimum',
    'shipped',
    'bands',
    'version',
    'created_at',
    'updated_at',
    'deleted_at',
    'search_text',
    'word_texts',
    'code_key',
    'legacy',
  ],
})
