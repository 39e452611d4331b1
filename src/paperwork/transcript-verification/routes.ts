import { endpoint } from '#/platform/http/endpoint.ts'
import { jsonOrPage } from '#/platform/http/format.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import { disclosureErrors } from '#/paperwork/disclosure/index.ts'
import { HolderClaim } from '#/paperwork/disclosure/schema.ts'
import { languageQuery, pdfBytes, pdfLimit, tokenPath } from '#/paperwork/official-document/schema.ts'
import { lookOf } from '#/paperwork/verification-page/index.ts'
import { discloseRecord } from './disclose-record.ts'
import { errors } from './errors.ts'
import { recordPage } from './record-page.ts'
import { CertifiedRecord, Verification } from './schema.ts'
import { transcriptFilePage, transcriptPage } from './transcript-page.ts'
import { verifyFile, verifyTranscript } from './verify-transcript.ts'

export const transcriptVerificationEndpoints = [
  endpoint({
    id: 'verifyTranscript',
    method: 'get',
    path: '/transcripts/verify/:token',
    summary: 'Whether a transcript is genuine; JSON for programs, a page for people',
    permission: 'transcript.verify',
    limit: 'verify',
    params: tokenPath,
    query: languageQuery,
    returns: jsonOrPage(Verification),
  }).handle(async ({ ctx, params: { token }, query }) => {
    const data = await verifyTranscript(ctx, token)
    return { data, page: () => transcriptPage(data, lookOf(ctx, query.language), token) }
  }),

  endpoint({
    id: 'verifyTranscriptFile',
    method: 'post',
    path: '/transcripts/verify',
    summary: 'Whether exactly this PDF file was issued, and is current',
    description:
      'The body is the file itself. It is compared by its SHA-256 and not kept; one changed byte makes it unknown.',
    permission: 'transcript.verify',
    limit: 'verify',
    body: pdfBytes,
    bodyType: 'pdf',
    bodyLimit: pdfLimit,
    returns: jsonOrPage(Verification),
  }).handle(async ({ ctx, body }) => {
    const data = await verifyFile(ctx, body)
    return { data, page: () => transcriptFilePage(data, lookOf(ctx, undefined)) }
  }),

  endpoint({
    id: 'discloseTranscript',
    method: 'post',
    path: '/transcripts/verify/:token/record',
    summary: 'What a transcript certifies, for whoever has its code and knows whose it is',
    description:
      'As it was when it was issued. Each code takes five tries an hour, whoever makes them; a refusal does not say what was wrong, and both are on record.',
    permission: 'transcript.disclose',
    limit: 'verify',
    params: tokenPath,
    body: HolderClaim,
    returns: jsonOrPage(CertifiedRecord),
    errors: [
      disclosureErrors.HOLDER_NOT_CONFIRMED,
      disclosureErrors.DOCUMENT_NOT_CURRENT,
      errors.TRANSCRIPT_RECORD_NOT_KEPT,
      sharedErrors.RATE_LIMITED,
    ],
  }).handle(async ({ ctx, params: { token }, body }) => {
    const data = await discloseRecord(ctx, token, body)
    return { data, page: () => recordPage(data, lookOf(ctx, undefined)) }
  }),
]
