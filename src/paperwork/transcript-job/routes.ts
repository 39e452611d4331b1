import * as z from 'zod'
import { opaqueId } from '#/platform/fields.ts'
import { BulkOptions } from '#/platform/bulk.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { pageOf } from '#/platform/http/envelope.ts'
import { file } from '#/platform/http/format.ts'
import { documentTextErrors } from '#/paperwork/document-text/index.ts'
import { enqueueTranscript } from './enqueue-transcript.ts'
import { enqueueTranscripts } from './enqueue-transcripts.ts'
import { batchRules, findJob, orderRules, transcriptJobList } from './queries.ts'
import { readFile } from './job-files.ts'
import { TranscriptAccepted, TranscriptBatch, TranscriptBatchReport, TranscriptJob, TranscriptOrder } from './schema.ts'
import { programErrors } from '#/catalog/program/index.ts'
import { holdErrors } from '#/enrolling/hold/index.ts'
import { sectionErrors } from '#/enrolling/section/index.ts'
import { errors } from './errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import { studentErrors } from '#/people/student/index.ts'

export const transcriptJobEndpoints = [
  endpoint({
    id: 'enqueueTranscript',
    method: 'post',
    path: '/transcripts/enqueue',
    summary: 'Order a transcript to be rendered in the background',
    description:
      'Three orders an hour may name one `email`, whoever orders, unless it is the proved one of the student’s own account: then 429 with `Retry-After`, and nothing is ordered.',
    permission: 'transcript.issue',
    limit: 'heavy',
    body: TranscriptOrder,
    rules: orderRules,
    status: 202,
    returns: TranscriptAccepted,
    errors: [
      studentErrors.STUDENT_NOT_FOUND,
      holdErrors.HOLD,
      documentTextErrors.LATIN_NAME_NEEDED,
      sharedErrors.RATE_LIMITED,
    ],
  }).handle(({ ctx, body }) => enqueueTranscript(ctx, { ...body, language: body.language ?? ctx.language })),

  endpoint({
    id: 'enqueueTranscripts',
    method: 'post',
    path: '/transcripts/batch',
    summary: 'Order the transcripts of many students, of a section or of a program, to be rendered in the background',
    description:
      'One job for each student, all in one write. Whoever is unknown, has a hold or no name that documents can print is reported; with `atomic=true` nothing is ordered then. The index of an error counts in `student_ids`, or in the order of student ids.',
    permission: 'transcript.batch',
    limit: 'heavy',
    query: BulkOptions,
    body: TranscriptBatch,
    rules: batchRules,
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
    returns: file('application/pdf'),
    errors: [
      errors.TRANSCRIPT_JOB_NOT_FOUND,
      errors.TRANSCRIPT_NOT_READY,
      errors.TRANSCRIPT_REVOKED,
      errors.TRANSCRIPT_FILE_EXPIRED,
    ],
  }).handle(({ ctx, params: { id } }) => readFile(ctx, id)),
]
