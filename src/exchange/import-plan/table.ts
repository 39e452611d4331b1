import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { flag } from '#/platform/database/columns.ts'
import type { Params } from '#/platform/errors.ts'
import { importActions, problemSeverities } from '#/platform/words.ts'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

/** A row of the file, waiting to be written. `content` is JSON: what the file gives, in the API's form. */
export const importRow = sqliteTable(
  'import_row',
  {
    import_id: text().notNull(),
    line: integer().notNull(),
    key: text().notNull(),
    content: text({ mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    target_id: integer(),
    action: text({ enum: importActions }),
  },
  (table) => [primaryKey({ columns: [table.import_id, table.line] })],
)

export const importError = sqliteTable('import_error', {
  id: integer().primaryKey(),
  import_id: text().notNull(),
  line: integer().notNull(),
  field: text(),
  code: text().notNull(),
  message: text(),
  params: text({ mode: 'json' }).$type<Params>().notNull(),
  severity: text({ enum: problemSeverities }).notNull().default('error'),
  /** Of the message. */
  search_text: text().notNull().default(''),
})

/** Present only inside of the batch that writes imported rows. */
export const importWriting = sqliteTable('import_writing', {
  import_id: text().notNull(),
  rehearsal: flag().notNull(),
})

merging(importRow, 'restored')
merging(importError, 'restored')
merging(importWriting, 'emptied')

belonging(importError, {
  of: null,
  personal: ['message', 'params', 'search_text'],
  other: ['id', 'import_id', 'line', 'field', 'code', 'severity'],
})

belonging(importRow, { of: null, personal: ['key', 'content'], other: ['import_id', 'line', 'target_id', 'action'] })

belonging(importWriting, { of: null, other: ['import_id', 'rehearsal'] })
