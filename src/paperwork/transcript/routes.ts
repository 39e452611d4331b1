import * as z from 'zod'
import { pathId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { file, jsonOrPage } from '#/platform/http/format.ts'
import { lookOf } from '#/paperwork/official-document/index.ts'
import { issueId, languageQuery, tokenPath } from '#/paperwork/official-document/schema.ts'
import { currentTranscript, foreseeTranscript, issueTranscript } from './issue-transcript.ts'
import { findIssues } from './queries.ts'
import { revokeTranscript } from './revoke-transcript.ts'
import { TranscriptIssue, TranscriptIssues, TranscriptWish, Verification } from './schema.ts'
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
    summary: 'The transcript of a student as PDF, now',
    description:
      'The one that was issued last in this language, the same to the byte, while the record is unchanged and its code has half of its life left; else one that is issued now, on record and audited. `X-Transcript-Issue` names it. HEAD issues none.',
    permission: 'transcript.issue',
    limit: 'heavy',
    params: z.object({ student_id: pathId }),
    query: languageQuery,
    returns: file('application/pdf'),
    errors: [studentErrors.STUDENT_NOT_FOUND, holdErrors.HOLD, sharedErrors.STALE_STATE, sharedErrors.MAINTENANCE],
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
    errors: [studentErrors.STUDENT_NOT_FOUND, holdErrors.HOLD, sharedErrors.STALE_STATE],
  }).handle(({ ctx, params: { id }, body }) =>
    issueTranscript(ctx, { studentId: id, language: body.language ?? ctx.language }),
  ),

  endpoint({
    id: 'getTranscripts',
    method: 'get',
    path: '/students/:id/transcripts',
    summary: 'Every transcript that a student was issued, newest first',
    permission: 'transcript.read',
    params: z.object({ id: pathId }),
    returns: TranscriptIssues,
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
