import * as z from 'zod'
import { pathId } from '../../fields.ts'
import { endpoint } from '../../http/endpoint.ts'
import { pageOf } from '../../http/envelope.ts'
import { auditList, findEntry } from './queries.ts'
import { AuditDetail, AuditEntry } from './schema.ts'

export const auditEndpoints = [
  endpoint({
    id: 'listAuditEntries',
    method: 'get',
    path: '/audit/logs',
    summary: 'Who did what, newest first',
    permission: 'audit.read',
    query: auditList.query,
    returns: pageOf(AuditEntry),
  }).handle(({ ctx, query }) => auditList.page(ctx, query)),

  endpoint({
    id: 'getAuditEntry',
    method: 'get',
    path: '/audit/logs/:id',
    summary: 'One audit entry with old and new values',
    permission: 'audit.read',
    params: z.object({ id: pathId }),
    returns: AuditDetail,
    errors: ['AUDIT_ENTRY_NOT_FOUND'],
  }).handle(({ ctx, params: { id } }) => findEntry(ctx, id)),
]
