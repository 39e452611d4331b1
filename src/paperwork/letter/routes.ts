import * as z from 'zod'
import { endpoint } from '#/platform/http/endpoint.ts'
import { jsonOrPage } from '#/platform/http/format.ts'
import { lookOf } from '#/paperwork/official-document/index.ts'
import { issueId, languageQuery, tokenPath } from '#/paperwork/official-document/schema.ts'
import { letterPage } from './letter-page.ts'
import { revokeLetter } from './revoke-letter.ts'
import { Letter, LetterVerification } from './schema.ts'
import { verifyLetter } from './verify-letter.ts'
import { errors } from './errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const letterEndpoints = [
  endpoint({
    id: 'verifyDocument',
    method: 'get',
    path: '/documents/verify/:token',
    summary: 'Whether a letter is genuine; JSON for programs, a page for people',
    permission: 'document.verify',
    limit: 'public',
    params: tokenPath,
    query: languageQuery,
    returns: jsonOrPage(LetterVerification),
  }).handle(async ({ ctx, params: { token }, query }) => {
    const data = await verifyLetter(ctx, token)
    return { data, page: () => letterPage(data, lookOf(ctx, query.language)) }
  }),

  endpoint({
    id: 'revokeDocument',
    method: 'post',
    path: '/documents/:id/revoke',
    summary: 'Withdraw a signed letter; its QR code answers `revoked` from then on',
    permission: 'document.revoke',
    params: z.object({ id: issueId }),
    returns: Letter,
    errors: [errors.LETTER_NOT_FOUND, errors.LETTER_ALREADY_REVOKED, sharedErrors.STALE_STATE],
  }).handle(({ ctx, params: { id } }) => revokeLetter(ctx, id)),
]
