import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { LetterFacts } from './letter-facts.ts'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'
import { requestTable } from '#/paperwork/request/table.ts'

export const letter = sqliteTable('letter', {
  id: text().primaryKey(),
  request_id: integer().notNull(),
  facts: text({ mode: 'json' }).$type<LetterFacts>().notNull(),
  /** SHA-256 of the facts, hex. */
  digest: text().notNull(),
  issued_at: text().notNull(),
  expires_at: text().notNull(),
  revoked_at: text(),
  /** SHA-256 of the PDF file, hex; null for those signed before it was kept. */
  file_sha256: text(),
  /** The key that signed the file; null for those from before files were signed. */
  seal_kid: text(),
})

export type Signed = typeof letter.$inferSelect

merging(letter, 'grown', { ended: ['revoked_at'] })

belonging(letter, {
  of: 'student',
  by: [letter.request_id, requestTable.student_id],
  personal: ['facts'],
  other: ['id', 'request_id', 'digest', 'issued_at', 'expires_at', 'revoked_at', 'file_sha256', 'seal_kid'],
})
