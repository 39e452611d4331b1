import * as z from 'zod'
import { pathId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { wholeList } from '#/platform/http/listing/whole-list.ts'
import { file } from '#/platform/http/format.ts'
import { documentTextErrors } from '#/paperwork/document-text/index.ts'
import { issueId, languageQuery } from '#/paperwork/official-document/schema.ts'
import { currentTranscript, foreseeTranscript, issueTranscript } from './issue-transcript.ts'
import { findIssues } from './queries.ts'
import { revokeTranscript } from './revoke-transcript.ts'
import { TranscriptIssue, TranscriptWish } from './schema.ts'
import { holdErrors } from '#/enrolling/hold/index.ts'
import { errors } from './errors.ts'
import { studentErrors } from '#/people/student/index.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

const drawing = [
  studentErrors.STUDENT_NOT_FOUND,
  holdErrors.HOLD,
  documentTextErrors.LATIN_NAME_NEEDED,
  documentTextErrors.TEXT_NOT_PRINTABLE,
  sharedErrors.STALE_STATE,
]

export const transcriptEndpoints = [
  endpoint({
    id: 'getTranscript',
    method: 'get',
    path: '/transcripts/:student_id',
    summary: 'The transcript of a student as PDF, now',
    description:
      'The one that was issued last in this language, the same to the byte, while the record is unchanged and its code has half of its life left; else one that is issued now, on record and audited. `X-Transcript-Issue` names it. HEAD issues none.',
    permission: 'transcript.issue',
    limit: 'heavy',
    params: z.object({ student_id: pathId }),
    query: languageQuery,
    returns: file('application/pdf'),
    errors: [...drawing, sharedErrors.MAINTENANCE],
  }).handle(({ ctx, params, query }) => {
    const wish = { studentId: params.student_id, language: query.language ?? ctx.language }
    return ctx.origin.method === 'HEAD' ? foreseeTranscript(ctx, wish) : currentTranscript(ctx, wish)
  }),

  endpoint({
    id: 'issueTranscript',
    method: 'post',
    path: '/students/:id/transcripts',
    summary: 'Issue a transcript anew',
    description:
      'Also where the last one would still do. `Location` is where its PDF is, as long as it is the newest in its language; `X-Transcript-Issue` names it.',
    permission: 'transcript.issue',
    limit: 'heavy',
    params: z.object({ id: pathId }),
    body: TranscriptWish,
    bodyOptional: true,
    status: 201,
    returns: TranscriptIssue,
    headers: ({ id, student_id, language }) => ({
      location: `/api/v1/transcripts/${student_id}?language=${language}`,
      'x-transcript-issue': id,
    }),
    errors: drawing,
  }).handle(({ ctx, params: { id }, body }) =>
    issueTranscript(ctx, { studentId: id, language: body.language ?? ctx.language }),
  ),

  wholeList({
    id: 'getTranscripts',
    path: '/students/:id/transcripts',
    summary: 'Every transcript that a student was issued, newest first',
    permission: 'transcript.read',
    params: z.object({ id: pathId }),
    row: TranscriptIssue,
    errors: [studentErrors.STUDENT_NOT_FOUND],
  }).handle(({ ctx, params: { id } }) => findIssues(ctx, id)),

  endpoint({
    id: 'revokeTranscript',
    method: 'post',
    path: '/transcripts/:id/revoke',
    summary: 'Withdraw an issued transcript',
    permission: 'transcript.revoke',
    params: z.object({ id: issueId }),
    returns: TranscriptIssue,
    errors: [errors.TRANSCRIPT_ISSUE_NOT_FOUND, errors.TRANSCRIPT_ALREADY_REVOKED, sharedErrors.STALE_STATE],
  }).handle(({ ctx, params: { id } }) => revokeTranscript(ctx, id)),
]
