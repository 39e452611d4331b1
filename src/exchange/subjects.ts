import { subjectOf } from '#/platform/personal/subject.ts'
import { importError, importRow, importWriting } from './import-plan/table.ts'
import { importJob } from './import/table.ts'
import { savedFilterTable } from './saved-filter/table.ts'

/** Whose data the rows of each table are, and what they tell of the person. */
export const subjects = [
  subjectOf(importError, {
    of: null,
    personal: ['message', 'params'],
    other: ['id', 'import_id', 'line', 'field', 'code', 'severity'],
  }),
  subjectOf(importRow, { of: null, personal: ['key', 'content'], other: ['import_id', 'line', 'target_id', 'action'] }),
  subjectOf(importWriting, { of: null, other: ['import_id', 'rehearsal'] }),
  subjectOf(importJob, {
    of: null,
    other: [
      'id',
      'entity',
      'format',
      'separator',
      'columns',
      'missing',
      'language',
      'size',
      'dry_run',
      'atomic',
      'confirmed',
      'rehearsal',
      'state',
      'position',
      'last_line',
      'cursor',
      'reach',
      'step',
      'rows_read',
      'created',
      'updated',
      'skipped',
      'failed',
      'error_code',
      'requested_by',
      'created_at',
      'updated_at',
      'started_at',
      'finished_at',
      'gave_up_in',
      'blank',
      'blanks',
      'cleared',
    ],
    nouns: ['import'],
  }),
  subjectOf(savedFilterTable, {
    of: 'account',
    by: savedFilterTable.user_id,
    personal: ['name', 'query'],
    other: ['id', 'user_id', 'entity', 'version', 'created_at', 'updated_at', 'deleted_at'],
  }),
]
