import { subjectOf } from '#/platform/personal/subject.ts'
import { approval } from './approval/table.ts'
import { auditChain, auditRenewal, auditSeal, dailyActivity } from './audit-log/table.ts'
import { backupKey } from './backup-store/table.ts'
import { backupRun } from './backup/table.ts'
import { deadLetter } from './dead-letter/table.ts'
import { jobRun } from './job/table.ts'
import { maintenance } from './restore/table.ts'

/** Whose data the rows of each table are, and what they tell of the person. */
export const subjects = [
  subjectOf(approval, {
    of: 'account',
    by: approval.requested_by,
    personal: ['note'],
    other: [
      'id',
      'operation',
      'subject',
      'input',
      'requested_by',
      'requested_at',
      'expires_at',
      'status',
      'decided_by',
      'decided_at',
    ],
  }),
  subjectOf(auditChain, { of: null, other: ['audit_id', 'hash'] }),
  subjectOf(auditRenewal, {
    of: null,
    other: [
      'id',
      'chain',
      'note',
      'reason',
      'position',
      'done',
      'last_id',
      'hash',
      'old_hash',
      'rewritten',
      'step',
      'error_code',
      'requested_by',
      'created_at',
      'updated_at',
      'finished_at',
    ],
  }),
  subjectOf(auditSeal, { of: null, other: ['last_id', 'hash', 'sealed_at', 'stored_at'] }),
  subjectOf(dailyActivity, { of: null, other: ['id', 'day', 'action', 'done', 'refused'] }),
  subjectOf(backupKey, { of: null, other: ['id', 'kid', 'rotated_at'] }),
  subjectOf(backupRun, {
    of: null,
    other: [
      'id',
      'task',
      'name',
      'step',
      'progress',
      'rows',
      'error_code',
      'error_where',
      'requested_by',
      'created_at',
      'updated_at',
      'finished_at',
    ],
  }),
  subjectOf(deadLetter, {
    of: null,
    other: [
      'id',
      'message_id',
      'message',
      'attempts',
      'failed_at',
      'origin_id',
      'type',
      'deaths',
      'status',
      'retried_at',
      'retried_by',
    ],
  }),
  subjectOf(jobRun, {
    of: null,
    other: [
      'name',
      'run_id',
      'leased_until',
      'started_at',
      'finished_at',
      'outcome',
      'error_code',
      'handled',
      'position',
      'succeeded_at',
    ],
  }),
  subjectOf(maintenance, { of: null, other: ['id', 'until'] }),
]
