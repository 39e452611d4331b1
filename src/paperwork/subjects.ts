import { subjectOf } from '#/platform/personal/subject.ts'
import { letter } from './letter/table.ts'
import { requestTable } from './request/table.ts'
import { transcriptJob } from './transcript-job/table.ts'
import { transcriptRecord, transcriptIssue } from './transcript/table.ts'

/** Whose data the rows of each table are, and what they tell of the person. */
export const subjects = [
  subjectOf(letter, {
    of: 'student',
    by: [letter.request_id, requestTable.student_id],
    personal: ['facts'],
    other: ['id', 'request_id', 'digest', 'issued_at', 'expires_at', 'revoked_at', 'file_sha256', 'seal_kid'],
  }),
  subjectOf(requestTable, {
    of: 'student',
    by: requestTable.student_id,
    personal: ['details', 'notes'],
    other: [
      'id',
      'student_id',
      'type',
      'language',
      'status',
      'processed_by',
      'processed_at',
      'job_id',
      'version',
      'created_at',
      'updated_at',
      'deleted_at',
    ],
    nouns: ['request'],
  }),
  subjectOf(transcriptJob, {
    of: 'student',
    by: transcriptJob.student_id,
    personal: ['email'],
    other: [
      'id',
      'student_id',
      'language',
      'requested_by',
      'status',
      'attempts',
      'error_code',
      'issue_id',
      'created_at',
      'finished_at',
      'drafts',
      'step',
      'updated_at',
    ],
  }),
  subjectOf(transcriptRecord, {
    of: 'student',
    by: transcriptRecord.student_id,
    personal: ['record'],
    other: ['digest', 'student_id'],
  }),
  subjectOf(transcriptIssue, {
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
  }),
]
