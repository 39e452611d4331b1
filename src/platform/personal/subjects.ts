import { auditHighWater, auditLog } from '#/platform/audit/table.ts'
import { expectWrite, idempotencyKey, writeReceipt } from '#/platform/database/tables.ts'
import { mailDelivery } from '#/platform/mail/table.ts'
import { outbox } from '#/platform/queue/table.ts'
import { subjectOf } from './subject.ts'

/** Whose data the rows of the platform's own tables are. */
export const subjects = [
  subjectOf(auditLog, {
    of: null,
    personal: ['changes', 'summary', 'reason', 'ip', 'user_agent'],
    other: [
      'id',
      'at',
      'actor_id',
      'actor_role',
      'action',
      'entity_type',
      'entity_id',
      'success',
      'method',
      'path',
      'status',
      'request_id',
    ],
  }),
  subjectOf(auditHighWater, { of: null, other: ['id', 'last', 'moving'] }),
  subjectOf(expectWrite, { of: null, other: ['ok'] }),
  subjectOf(idempotencyKey, {
    of: 'account',
    personal: ['response'],
    other: ['user_id', 'key', 'fingerprint', 'entity_id', 'status', 'created_at'],
  }),
  subjectOf(writeReceipt, { of: null, other: ['at', 'id', 'audit_id'] }),
  subjectOf(mailDelivery, { of: null, other: ['message_id', 'started_at', 'sent_at'] }),
  subjectOf(outbox, { of: null, other: ['id', 'message', 'created_at'] }),
]
