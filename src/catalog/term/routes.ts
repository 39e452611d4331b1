import * as z from 'zod'
import { find, insert, restore, softDelete, update } from '#/platform/database/entity.ts'
import { pathId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { resource } from '#/platform/http/resource.ts'
import { termEntity, termList } from './queries.ts'
import { Term, TermChanges, TermInput } from './schema.ts'
import { setTermStatus } from './set-term-status.ts'
import { errors } from './errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

const params = z.object({ id: pathId })

export const termEndpoints = [
  ...resource({
    noun: 'term',
    names: ['Term', 'Terms'],
    path: '/terms',
    row: Term,
    query: termList.query,
    input: TermInput,
    changes: TermChanges,
    notFound: errors.TERM_NOT_FOUND,
    errors: {
      write: [errors.TERM_CODE_TAKEN, errors.TERM_DATES_INVALID],
      delete: [errors.TERM_IN_USE, errors.TERM_APPLIED_FOR],
    },
    list: termList.page,
    get: (ctx, id) => find(ctx, termEntity, id),
    create: (ctx, input) => insert(ctx, termEntity, input),
    update: async (ctx, id, changes) => update(ctx, termEntity, await find(ctx, termEntity, id), changes),
    remove: (ctx, id) => softDelete(ctx, termEntity, id),
    restore: (ctx, id) => restore(ctx, termEntity, id),
  }),

  endpoint({
    id: 'openTerm',
    method: 'post',
    path: '/terms/:id/open',
    summary: 'Let students be enrolled in the sections of a term',
    permission: 'term.open',
    params,
    returns: Term,
    errors: [errors.TERM_NOT_FOUND, sharedErrors.STALE_STATE, sharedErrors.PRECONDITION_FAILED],
  }).handle(({ ctx, params: { id } }) => setTermStatus(ctx, id, 'open')),

  endpoint({
    id: 'closeTerm',
    method: 'post',
    path: '/terms/:id/close',
    summary: 'Take no more enrollments in a term',
    permission: 'term.close',
    params,
    returns: Term,
    errors: [errors.TERM_NOT_FOUND, sharedErrors.STALE_STATE, sharedErrors.PRECONDITION_FAILED],
  }).handle(({ ctx, params: { id } }) => setTermStatus(ctx, id, 'closed')),
]
