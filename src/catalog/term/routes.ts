import * as z from 'zod'
import { pathId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { resource } from '#/platform/http/resource.ts'
import { termEntity, termList } from './queries.ts'
import { ChangedTerm, CreatedTerm, Term, TermChanges, TermInput } from './schema.ts'
import { setTermStatus } from './set-term-status.ts'
import { createTerm, updateTerm } from './write-term.ts'
import { AcceptClashes, clashErrors } from '#/catalog/clash/index.ts'
import { errors } from './errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

const params = z.object({ id: pathId })

export const termEndpoints = [
  ...resource({
    noun: 'term',
    names: ['Term', 'Terms'],
    path: '/terms',
    entity: termEntity,
    list: termList,
    row: Term,
    created: CreatedTerm,
    changed: ChangedTerm,
    changeQuery: AcceptClashes,
    input: TermInput,
    changes: TermChanges,
    errors: {
      write: [errors.TERM_CODE_TAKEN, errors.TERM_DATES_INVALID],
      change: [clashErrors.MEETINGS_CLASH, errors.TERM_DAYS_OUTSIDE],
      delete: [errors.TERM_IN_USE, errors.TERM_APPLIED_FOR],
    },
    create: createTerm,
    update: updateTerm,
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
]
