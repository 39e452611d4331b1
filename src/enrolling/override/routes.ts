import * as z from 'zod'
import { pathId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { wholeList } from '#/platform/http/listing/whole-list.ts'
import { grantOverride } from './grant-override.ts'
import { findOverride, findOverrides, scopeRules } from './queries.ts'
import { revokeOverride } from './revoke-override.ts'
import { Override, OverrideInput } from './schema.ts'
import { errors } from './errors.ts'
import { studentErrors } from '#/people/student/index.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

const params = z.object({ id: pathId })

export const overrideEndpoints = [
  wholeList({
    id: 'getOverrides',
    path: '/students/:id/overrides',
    summary: 'The overrides of a student, newest first, expired and revoked ones too',
    permission: 'override.read',
    params,
    row: Override,
    errors: [studentErrors.STUDENT_NOT_FOUND],
  }).handle(({ ctx, params: { id } }) => findOverrides(ctx, id)),

  endpoint({
    id: 'grantOverride',
    method: 'post',
    path: '/students/:id/overrides',
    summary: 'Let a student pass one check of enrolling',
    description: 'In a section, a course or a term. No override opens a closed term or makes a seat in a full section.',
    permission: 'override.grant',
    params,
    body: OverrideInput,
    rules: scopeRules,
    status: 201,
    returns: Override,
    errors: [studentErrors.STUDENT_NOT_FOUND, errors.OVERRIDE_SCOPE_NOT_FOUND],
    reread: findOverride,
  }).handle(({ ctx, params: { id }, body }) => grantOverride(ctx, id, body)),

  endpoint({
    id: 'revokeOverride',
    method: 'post',
    path: '/overrides/:id/revoke',
    summary: 'Take an override back; seats that it gave stay',
    permission: 'override.revoke',
    params,
    returns: Override,
    errors: [
      errors.OVERRIDE_NOT_FOUND,
      errors.OVERRIDE_ALREADY_REVOKED,
      sharedErrors.STALE_STATE,
      sharedErrors.PRECONDITION_FAILED,
    ],
  }).handle(({ ctx, params: { id } }) => revokeOverride(ctx, id)),
]
