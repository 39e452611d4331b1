import * as z from 'zod'
import { pathId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { pageOf } from '#/platform/http/envelope.ts'
import { auditRegistration, registrationAuditQuery } from './queries.ts'
import { RegistrationAuditRow } from './schema.ts'
import { termErrors } from '#/catalog/term/index.ts'

export const registrationAuditEndpoints = [
  endpoint({
    id: 'listRegistrationAudit',
    method: 'get',
    path: '/terms/:id/registration-audit',
    summary: 'Seats of a term whose prerequisite was in progress and was then not passed',
    permission: 'enrollment.audit',
    limit: 'heavy',
    params: z.object({ id: pathId }),
    query: registrationAuditQuery,
    returns: pageOf(RegistrationAuditRow),
    errors: [termErrors.TERM_NOT_FOUND],
  }).handle(({ ctx, params: { id }, query }) => auditRegistration(ctx, id, query)),
]
