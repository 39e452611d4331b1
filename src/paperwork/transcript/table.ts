import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { languages } from '#/platform/words.ts'
import { merging } from '#/platform/database/merging.ts'
import type { OfficialRecord } from '#/paperwork/transcript-paper/index.ts'
import { belonging } from '#/platform/personal/subject.ts'

export const transcriptIssue = sqliteTable('transcript_issue', {
  id: text().primaryKey(),
  student_id: integer().notNull(),
  language: text({ enum: languages }).notNull(),
  /** SHA-256 of the official record, hex. */
  digest: text().notNull(),
  file_sha256: text().notNull(),
  issued_at: text().notNull(),
  expires_at: text().notNull(),
  issued_by: integer(),
  revoked_at: text(),
  superseded_at: text(),
  /** The key that signed the file; null for those from before files were signed. */
  seal_kid: text(),
})

export type Issue = typeof transcriptIssue.$inferSelect

/** What transcripts certified; those that certify the same share one. */
export const transcriptRecord = sqliteTable('transcript_record', {
  digest: text().primaryKey(),
  student_id: integer().notNull(),
  record: text({ mode: 'json' }).$type<OfficialRecord>().notNull(),
})

merging(transcriptIssue, 'grown', { ended: ['revoked_at', 'superseded_at'] })
merging(transcriptRecord, 'grown')

belonging(transcriptRecord, {
  of: 'student',
  by: transcriptRecord.student_id,
  personal: ['record'],
  other: ['digest', 'student_id'],
})

belonging(transcriptIssue, {
  of: 'student',
  by: transcriptIssue.student_id,
  other: [
    'id',
    'student_id',
    'language',
    'digest',
    'file_sha256',
    'issued_at',
    'expires_at',
    'issued_by',
    'revoked_at',
    'superseded_at',
    'seal_kid',
  ],
  nouns: ['transcript'],
})
