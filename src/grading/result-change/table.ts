import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { hundredths } from '#/platform/database/columns.ts'
import { changedOutcomes, changeStates, outcomes } from '#/platform/words.ts'
import { merging } from '#/platform/database/merging.ts'
import { belonging } from '#/platform/personal/subject.ts'
import { resultTable } from '#/grading/result/table.ts'

/** Kept for good, whatever comes of it: together they are the history of a result. */
export const resultChange = sqliteTable('result_change', {
  id: integer().primaryKey(),
  result_id: integer().notNull(),
  requested_by: integer().notNull(),
  reason: text().notNull(),
  old_outcome: text({ enum: outcomes }).notNull(),
  old_percentage: hundredths().notNull(),
  old_letter: text().notNull(),
  old_points: hundredths().notNull(),
  old_value: hundredths().notNull(),
  new_outcome: text({ enum: changedOutcomes }).notNull(),
  new_percentage: hundredths().notNull(),
  new_letter: text().notNull(),
  new_points: hundredths().notNull(),
  new_value: hundredths().notNull(),
  status: text({ enum: changeStates.words }).notNull().default('pending'),
  approvals_needed: integer().notNull(),
  resolved_at: text(),
  resolved_by: integer(),
  note: text(),
  version: integer().notNull().default(1),
  created_at: text().notNull(),
  updated_at: text().notNull(),
  search_text: text().notNull().default(''),
})

export const resultChangeApproval = sqliteTable('result_change_approval', {
  id: integer().primaryKey(),
  change_id: integer().notNull(),
  user_id: integer().notNull(),
  approved_at: text().notNull(),
  note: text(),
  search_text: text().notNull().default(''),
})

// The result itself has the figures of the backup again: an approval that was given since would say that they were changed.
merging(resultChange, 'restored', { final: { field: 'status', words: ['rejected'] } })
merging(resultChangeApproval, 'restored')

belonging(resultChange, {
  of: 'student',
  by: [resultChange.result_id, resultTable.student_id],
  personal: ['reason', 'note', 'search_text'],
  other: [
    'id',
    'result_id',
    'requested_by',
    'old_outcome',
    'old_percentage',
    'old_letter',
    'old_points',
    'old_value',
    'new_outcome',
    'new_percentage',
    'new_letter',
    'new_points',
    'new_value',
    'status',
    'approvals_needed',
    'resolved_at',
    'resolved_by',
    'version',
    'created_at',
    'updated_at',
  ],
})

belonging(resultChangeApproval, {
  of: 'student',
  by: [resultChangeApproval.change_id, resultChange.result_id, resultTable.student_id],
  personal: ['note', 'search_text'],
  other: ['id', 'change_id', 'user_id', 'approved_at'],
})
