import * as z from 'zod'
import { BulkOptions } from '#/platform/bulk.ts'
import { pathId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { pageOf } from '#/platform/http/envelope.ts'
import { file, jsonOrPage } from '#/platform/http/format.ts'
import { enqueueTranscript } from './enqueue-transcript.ts'
import { enqueueTranscripts } from './enqueue-transcripts.ts'
import { issueTranscript } from './issue-transcript.ts'
import { findJob, transcriptJobList } from './queries.ts'
import { readFile } from './read-file.ts'
import { revokeTranscript } from './revoke-transcript.ts'
import {
  TranscriptAccepted,
  TranscriptBatch,
  TranscriptBatchReport,
  TranscriptIssue,
  TranscriptJob,
  transcriptLanguage,
  TranscriptOrder,
  Verification,
} from './schema.ts'
import { transcriptPage } from './verification-page.ts'
import { verifyFile, verifyTranscript } from './verify-transcript.ts'
import { programErrors } from '#/catalog/program/index.ts'
import { holdErrors } from '#/enrolling/hold/index.ts'
import { sectionErrors } from '#/enrolling/section/index.ts'
import { errors } from './errors.ts'
import { studentErrors } from '#/people/student/index.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

const opaqueId = z.string().regex(/^[\w-]{22}$/)
const language = z.strictObject({
  language: transcriptLanguage.optional().meta({ description: 'Default: the language of Accept-Language.' }),
})
const pdf = file('application/pdf')
const pdfBytes = z.instanceof(Uint8Array<ArrayBuffer>).meta({ override: { type: 'string', format: 'binary' } })

export const transcriptEndpoints = [
  endpoint({
    id: 'enqueueTranscript',
    method: 'post',
    path: '/transcripts/enqueue',
    summary: 'Order a transcript to be rendered in the background',
    permission: 'transcript.issue',
    limit: 'heavy',
    body: TranscriptOrder,
    status: 202,
    returns: TranscriptAccepted,
    errors: [studentErrors.STUDENT_NOT_FOUND, holdErrors.HOLD],
  }).handle(({ ctx, body }) => enqueueTranscript(ctx, { ...body, language: body.language ?? ctx.language })),

  endpoint({
    id: 'enqueueTranscripts',
    method: 'post',
    path: '/transcripts/batch',
    summary: 'Order the transcripts of many students, of a section or of a program, to be rendered in the background',
    description:
      'One job for each student, all in one write. Whoever is unknown or has a hold is reported; with `atomic=true` nothing is ordered then. The index of an error counts in `student_ids`, or in the order of student ids.',
    permission: 'transcript.batch',
    limit: 'heavy',
    query: BulkOptions,
    body: TranscriptBatch,
    status: 202,
    returns: TranscriptBatchReport,
    errors: [sectionErrors.SECTION_NOT_FOUND, programErrors.PROGRAM_NOT_FOUND, errors.TRANSCRIPT_BATCH_TOO_LARGE],
  }).handle(({ ctx, query, body }) =>
    enqueueTranscripts(ctx, { ...body, language: body.language ?? ctx.language }, query),
  ),

  endpoint({
    id: 'listTranscriptJobs',
    method: 'get',
    path: '/transcripts/jobs',
    summary: 'List transcript jobs',
    permission: 'transcript.read',
    query: transcriptJobList.query,
    returns: pageOf(TranscriptJob),
  }).handle(({ ctx, query }) => transcriptJobList.page(ctx, query)),

  endpoint({
    id: 'getTranscriptJob',
    method: 'get',
    path: '/transcripts/jobs/:id',
    summary: 'How far a transcript job is',
    permission: 'transcript.read',
    params: z.object({ id: opaqueId }),
    returns: TranscriptJob,
    errors: [errors.TRANSCRIPT_JOB_NOT_FOUND],
  }).handle(({ ctx, params: { id } }) => findJob(ctx, id)),

  endpoint({
    id: 'getTranscriptFile',
    method: 'get',
    path: '/transcripts/jobs/:id/file',
    summary: 'The PDF of a finished transcript job',
    permission: 'transcript.read',
    params: z.object({ id: opaqueId }),
    returns: pdf,
    errors: [errors.TRANSCRIPT_JOB_NOT_FOUND, errors.TRANSCRIPT_NOT_READY, errors.TRANSCRIPT_FILE_EXPIRED],
  }).handle(({ ctx, params: { id } }) => readFile(ctx, id)),

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
    returns: pdf,
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
