import * as z from 'zod'
import { endpoint } from '#/platform/http/endpoint.ts'
import { issueId } from '#/paperwork/official-document/schema.ts'
import { revokeLetter } from './revoke-letter.ts'
import { Letter } from './schema.ts'
import { errors } from './errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const letterEndpoints = [
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
