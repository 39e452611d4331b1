import * as z from 'zod'
import { pathId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { pageOf } from '#/platform/http/envelope.ts'
import { activityList, auditList, findEntry, pageOfEntries } from './queries.ts'
import { AuditDetail, AuditEntry, AuditVerification, DailyActivity, VerifyQuery } from './schema.ts'
import { verifyAuditLog } from './verify-audit-log.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const auditEndpoints = [
  endpoint({
    id: 'listAuditEntries',
    method: 'get',
    path: '/audit/logs',
    summary: 'Who did what, newest first',
    permission: 'audit.read',
    query: auditList.query,
    returns: pageOf(AuditEntry),
  }).handle(({ ctx, query }) => pageOfEntries(ctx, query)),

  endpoint({
    id: 'getAuditEntry',
    method: 'get',
    path: '/audit/logs/:id',
    summary: 'One audit entry with old and new values',
    permission: 'audit.read',
    params: z.object({ id: pathId }),
    returns: AuditDetail,
    errors: [sharedErrors.AUDIT_ENTRY_NOT_FOUND],
  }).handle(({ ctx, params: { id } }) => findEntry(ctx, id)),

  endpoint({
    id: 'listDailyActivity',
    method: 'get',
    path: '/audit/activity',
    summary: 'How often something was done on each day, newest first',
    description: 'The audit log rolled up each night: days that are over, UTC.',
    permission: 'audit.read',
    query: activityList.query,
    returns: pageOf(DailyActivity),
  }).handle(({ ctx, query }) => activityList.page(ctx, query)),

  endpoint({
    id: 'verifyAuditLog',
    method: 'get',
    path: '/audit/verify',
    summary: 'Check the audit log against its seals',
    description:
      'Finds and names rows that were altered or removed behind the back of the API, or inserted among those that are sealed.',
    permission: 'audit.verify',
    limit: 'heavy',
    query: VerifyQuery,
    returns: AuditVerification,
  }).handle(({ ctx, query }) => verifyAuditLog(ctx, query)),
]
