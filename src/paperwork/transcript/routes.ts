import * as z from 'zod'
import { pathId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { file, jsonOrPage } from '#/platform/http/format.ts'
import { issueTranscript } from './issue-transcript.ts'
import { revokeTranscript } from './revoke-transcript.ts'
import { TranscriptIssue, transcriptLanguage, Verification } from './schema.ts'
import { transcriptPage } from './verification-page.ts'
import { verifyFile, verifyTranscript } from './verify-transcript.ts'
import { holdErrors } from '#/enrolling/hold/index.ts'
import { errors } from './errors.ts'
import { studentErrors } from '#/people/student/index.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

const opaqueId = z.string().regex(/^[\w-]{22}$/)
const language = z.strictObject({
  language: transcriptLanguage.optional().meta({ description: 'Default: the language of Accept-Language.' }),
})
const pdfBytes = z.instanceof(Uint8Array<ArrayBuffer>).meta({ override: { type: 'string', format: 'binary' } })

export const transcriptEndpoints = [
  endpoint({
    id: 'verifyTranscript',
    method: 'get',
    path: '/transcripts/verify/:token',
    summary: 'Whether a transcript is genuine; JSON for programs, a page for people',
    permission: 'transcript.verify',
    limit: 'public',
    params: z.object({ token: z.string().min(1).max(200) }),
    query: language,
    returns: jsonOrPage(Verification),
  }).handle(async ({ ctx, params: { token }, query }) => {
    const data = await verifyTranscript(ctx, token)
    const look = {
      language: query.language ?? ctx.language,
      timeZone: ctx.settings.INSTITUTION_TIMEZONE,
      nonce: ctx.newId(),
    }
    return { data, page: () => transcriptPage(data, look) }
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
    query: language,
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
    params: z.object({ id: opaqueId }),
    returns: TranscriptIssue,
    errors: [errors.TRANSCRIPT_ISSUE_NOT_FOUND, errors.TRANSCRIPT_ALREADY_REVOKED, sharedErrors.STALE_STATE],
  }).handle(({ ctx, params: { id } }) => revokeTranscript(ctx, id)),
]
