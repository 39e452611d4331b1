import * as z from 'zod'
import { pathId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { pageOf } from '#/platform/http/envelope.ts'
import { termErrors } from '#/catalog/term/index.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import { closeTerm } from './close-term.ts'
import { completeTerm } from './complete-term.ts'
import { errors } from './errors.ts'
import { listUnresolved, unresolvedQuery } from './queries.ts'
import { ClosedTerm, CompletedTerm, UnresolvedSeat } from './schema.ts'

const params = z.object({ id: pathId })

/** How a term ends for those who sit in its sections. */
export const termEndEndpoints = [
  endpoint({
    id: 'closeTerm',
    method: 'post',
    path: '/terms/:id/close',
    summary: 'Take no more enrollments in a term; tells how many seats have no official result',
    permission: 'term.close',
    params,
    returns: ClosedTerm,
    errors: [termErrors.TERM_NOT_FOUND, sharedErrors.STALE_STATE, sharedErrors.PRECONDITION_FAILED],
  }).handle(({ ctx, params: { id } }) => closeTerm(ctx, id)),

  endpoint({
    id: 'completeTerm',
    method: 'post',
    path: '/terms/:id/complete',
    summary: 'Complete the seats of sections without any work to grade, once the term is over or closed',
    permission: 'term.complete',
    params,
    returns: CompletedTerm,
    errors: [termErrors.TERM_NOT_FOUND, errors.TERM_NOT_OVER, sharedErrors.STALE_STATE],
  }).handle(({ ctx, params: { id } }) => completeTerm(ctx, id)),

  endpoint({
    id: 'listUnresolvedSeats',
    method: 'get',
    path: '/terms/:id/unresolved',
    summary: 'Seats of a term without an official result, and why',
    permission: 'enrollment.audit',
    params,
    query: unresolvedQuery,
    returns: pageOf(UnresolvedSeat),
    errors: [termErrors.TERM_NOT_FOUND],
  }).handle(({ ctx, params: { id }, query }) => listUnresolved(ctx, id, query)),
]
