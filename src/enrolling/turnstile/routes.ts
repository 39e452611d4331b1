import * as z from 'zod'
import { pathId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { termErrors } from '#/catalog/term/index.ts'
import { TurnstilePlace } from './schema.ts'
import { askAgain, readPlace, takePlace } from './take-place.ts'

const shared = {
  path: '/terms/:id/turnstile',
  params: z.object({ id: pathId }),
  returns: TurnstilePlace,
  headers: askAgain,
  confidential: true,
  errors: [termErrors.TERM_NOT_FOUND],
} as const

export const turnstileEndpoints = [
  endpoint({
    id: 'takeTurnstilePlace',
    method: 'post',
    summary: 'Take a place at the turnstile of a term, or keep it',
    description:
      'First come, first served. The place is of the account, wherever it asks from, and stays until 15 minutes after its turn. `Retry-After` says when to ask again; once the turn has come, the answer has the admission.',
    permission: 'turnstile.take',
    ...shared,
  }).handle(({ ctx, params: { id } }) => takePlace(ctx, id)),

  endpoint({
    id: 'getTurnstilePlace',
    method: 'get',
    summary: 'Where the caller stands at the turnstile of a term',
    description: 'With the admission, once the turn has come. The registry has no place and learns how many wait.',
    permission: 'turnstile.read',
    ...shared,
  }).handle(({ ctx, params: { id } }) => readPlace(ctx, id)),
]
