import * as z from 'zod'
import { pathId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { pageOf } from '#/platform/http/envelope.ts'
import type { MessageTypes } from '#/platform/queue/message-types.ts'
import { letterQuery, pageOfLetters } from './queries.ts'
import { retryLetter } from './retry-letter.ts'
import { DeadLetter } from './schema.ts'
import { errors } from './errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const deadLetterEndpoints = (types: MessageTypes) => [
  endpoint({
    id: 'listDeadLetters',
    method: 'get',
    path: '/queues/dead-letters',
    summary: 'Messages that the queue gave up after all their attempts, the last first',
    permission: 'dead_letter.read',
    query: letterQuery,
    returns: pageOf(DeadLetter),
  }).handle(({ ctx, query }) => pageOfLetters(ctx, query, types)),

  endpoint({
    id: 'retryDeadLetter',
    method: 'post',
    path: '/queues/dead-letters/:id/retry',
    summary: 'Send a message again, and take up what it works on where it was given up',
    permission: 'dead_letter.retry',
    stepUp: true,
    params: z.object({ id: pathId }),
    returns: DeadLetter,
    errors: [
      errors.DEAD_LETTER_NOT_FOUND,
      errors.DEAD_LETTER_RETRIED,
      errors.DEAD_LETTER_UNREADABLE,
      errors.DEAD_LETTER_OVER,
      sharedErrors.STALE_STATE,
    ],
  }).handle(({ ctx, params: { id } }) => retryLetter(ctx, id, types)),
]
