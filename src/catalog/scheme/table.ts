import { integer, text } from 'drizzle-orm/sqlite-core'
import { flag, hundredths, lifecycle, softDeletable } from '#/platform/database/columns.ts'
import { merging } from '#/platform/database/merging.ts'

/** As it rests and travels: figures are numbers, which keep every decimal they came with. */
export interface BandRow {
  minimum: number
  letter: string
  points: number | null
  passing: boolean
}

export const { rows: schemeTable, live: scheme } = softDeletable('grading_scheme', () => ({
  id: integer().primaryKey(),
  code: text().notNull(),
  scale_max: integer().$type<100 | 20 | 10>().notNull(),
  pass_minimum: hundredths().notNull(),
  shipped: flag().notNull(),
  bands: text({ mode: 'json' }).$type<BandRow[]>().notNull(),
  ...lifecycle(),
}))

merging(schemeTable, 'restored')
