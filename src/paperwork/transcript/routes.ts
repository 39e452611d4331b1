import * as z from 'zod'
import { pathId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { file, jsonOrPage } from '#/platform/http/format.ts'
import { lookOf } from '#/paperwork/official-document/index.ts'
import { issueId, languageQuery, tokenPath } from '#/paperwork/official-document/schema.ts'
import { issueTranscript } from './issue-transcript.ts'
import { revokeTranscript } from './revoke-transcript.ts'
import { TranscriptIssue, Verification } from './schema.ts'
import { transcriptPage } from './transcript-page.ts'
import { verifyFile, verifyTranscript } from './verify-transcript.ts'
import { holdErrors } from '#/enrolling/hold/index.ts'
import { errors } from './errors.ts'
import { studentErrors } from '#/people/student/index.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

const pdfBytes = z.instanceof(Uint8Array<ArrayBuffer>).meta({ override: { type: 'string', format: 'binary' } })

export const transcriptEndpoints = [
  endpoint({
    id: 'verifyTranscript',
    method: 'get',
    path: '/transcripts/verify/:token',
    summary: 'Whether a transcript is genuine; JSON for programs, a page for people',
    permission: 'transcript.verify',
    limit: 'public',
    params: tokenPath,
    query: languageQuery,
    returns: jsonOrPage(Verification),
  }).handle(async ({ ctx, params: { token }, query }) => {
    const data = await verifyTranscript(ctx, token)
    return { data, page: () => transcriptPage(data, lookOf(ctx, query.language)) }
  }),

  endpoint({
    id: 'verifyTranscriptFile',
    method: 'post',
    path: '/transcripts/verify',
    summary: 'Whether exactly this PDF file was issued, and is current',
    description:
      'The body is the file itself. It is compared by its SHA-256 and not kept; one changed byte makes it unknown.',
    permission: 'transcript.verify',
    limit: 'public',
    body: pdfBytes,
    bodyType: 'pdf',
    bodyLimit: 5 * 1024 * 1024,
    returns: Verification,
  }).handle(({ ctx, body }) => verifyFile(ctx, body)),

  endpoint({
    id: 'getTranscript',
    method: 'get',
    path: '/transcripts/:student_id',
    summary: 'Issue the transcript of a student as PDF, now',
    description: 'Each issue is on record and audited; its QR code leads to the verification page.',
    permission: 'transcript.issue',
    limit: 'heavy',
    params: z.object({ student_id: pathId }),
    query: languageQuery,
    returns: file('application/pdf'),
    errors: [studentErrors.STUDENT_NOT_FOUND, holdErrors.HOLD, sharedErrors.STALE_STATE, sharedErrors.MAINTENANCE],
  }).handle(({ ctx, params, query }) =>
    issueTranscript(ctx, { studentId: params.student_id, language: query.language ?? ctx.language }),
  ),

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
