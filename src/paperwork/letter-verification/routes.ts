import { endpoint } from '#/platform/http/endpoint.ts'
import { jsonOrPage } from '#/platform/http/format.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import { disclosureErrors } from '#/paperwork/disclosure/index.ts'
import { HolderClaim } from '#/paperwork/disclosure/schema.ts'
import { languageQuery, pdfBytes, pdfLimit, tokenPath } from '#/paperwork/official-document/schema.ts'
import { lookOf } from '#/paperwork/verification-page/index.ts'
import { discloseLetter } from './disclose-letter.ts'
import { factsPage } from './facts-page.ts'
import { letterFilePage, letterPage } from './letter-page.ts'
import { CertifiedLetter, LetterVerification } from './schema.ts'
import { verifyLetter, verifyLetterFile } from './verify-letter.ts'

export const letterVerificationEndpoints = [
  endpoint({
    id: 'verifyDocument',
    method: 'get',
    path: '/documents/verify/:token',
    summary: 'Whether a letter is genuine; JSON for programs, a page for people',
    permission: 'document.verify',
    limit: 'verify',
    params: tokenPath,
    query: languageQuery,
    returns: jsonOrPage(LetterVerification),
  }).handle(async ({ ctx, params: { token }, query }) => {
    const data = await verifyLetter(ctx, token)
    return { data, page: () => letterPage(data, lookOf(ctx, query.language), token) }
  }),

  endpoint({
    id: 'verifyDocumentFile',
    method: 'post',
    path: '/documents/verify',
    summary: 'Whether exactly this PDF file of a letter was issued, and is current',
    description:
      'The body is the file itself. It is compared by its SHA-256 and not kept; one changed byte makes it unknown, as is a letter from before files were signed.',
    permission: 'document.verify',
    limit: 'verify',
    body: pdfBytes,
    bodyType: 'pdf',
    bodyLimit: pdfLimit,
    returns: jsonOrPage(LetterVerification),
  }).handle(async ({ ctx, body }) => {
    const data = await verifyLetterFile(ctx, body)
    return { data, page: () => letterFilePage(data, lookOf(ctx, undefined)) }
  }),

  endpoint({
    id: 'discloseDocument',
    method: 'post',
    path: '/documents/verify/:token/record',
    summary: 'What a letter certifies, for whoever has its code and knows whose it is',
    description:
      'Each code takes five tries an hour, whoever makes them; a refusal does not say what was wrong, and both are on record.',
    permission: 'document.disclose',
    limit: 'verify',
    params: tokenPath,
    body: HolderClaim,
    returns: jsonOrPage(CertifiedLetter),
    errors: [disclosureErrors.HOLDER_NOT_CONFIRMED, disclosureErrors.DOCUMENT_NOT_CURRENT, sharedErrors.RATE_LIMITED],
  }).handle(async ({ ctx, params: { token }, body }) => {
    const data = await discloseLetter(ctx, token, body)
    return { data, page: () => factsPage(data, lookOf(ctx, undefined)) }
  }),
]
