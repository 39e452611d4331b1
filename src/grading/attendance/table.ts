import { integer, text } from 'drizzle-orm/sqlite-core'
import { lifecycle, softDeletable } from '#/platform/database/columns.ts'
import { attendanceStates } from '#/platform/words.ts'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'

export const { rows: attendanceTable, live: attendance } = softDeletable('attendance', () => ({
  id: integer().primaryKey(),
  section_id: integer().notNull(),
  student_id: integer().notNull(),
  /** Calendar date where the institution is. */
  date: text().notNull(),
  period: integer().notNull(),
  status: text({ enum: attendanceStates }).notNull(),
  note: text(),
  recorded_by: integer(),
  ...lifecycle(),
  search_text: text().notNull().default(''),
  /** The record of another section that a transfer brought here. */
  carried_from: integer(),
}))

merging(attendanceTable, 'restored')

belonging(attendanceTable, {
  of: 'student',
  by: attendanceTable.student_id,
  personal: ['note', 'search_text'],
  other: [
    'id',
    'section_id',
    'student_id',
    'date',
    'period',
    'status',
    'recorded_by',
    'carried_from',
    'version',
    'created_at',
    'updated_at',
    'deleted_at',
  ],
})
