import * as z from 'zod'
import { opaqueId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { wholeList } from '#/platform/http/listing/whole-list.ts'
import type { DeclaredError } from '#/platform/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'
import { approve, reject } from './decide.ts'
import { errors } from './errors.ts'
import { findApproval, findApprovals } from './queries.ts'
import { Approval, approvalFilters, Decision } from './schema.ts'

const params = z.object({ id: opaqueId })
const refusals = [
  errors.APPROVAL_NOT_FOUND,
  errors.APPROVAL_OWN,
  errors.APPROVAL_DECIDED,
  errors.APPROVAL_EXPIRED,
  sharedErrors.STALE_STATE,
]

/** `acts` is what the acts may refuse that can be approved. */
export const approvalEndpoints = (acts: readonly DeclaredError[]) => [
  wholeList({
    id: 'listApprovals',
    path: '/approvals',
    summary: 'What waits for a second person, and what was decided lately, newest first',
    permission: 'approval.read',
    filters: approvalFilters,
    row: Approval,
  }).handle(({ ctx, query }) => findApprovals(ctx, query)),

  endpoint({
    id: 'getApproval',
    method: 'get',
    path: '/approvals/:id',
    summary: 'What somebody asked for, and what became of it',
    permission: 'approval.read',
    params,
    returns: Approval,
    errors: [errors.APPROVAL_NOT_FOUND],
  }).handle(({ ctx, params: { id } }) => findApproval(ctx, id)),

  endpoint({
    id: 'approve',
    method: 'post',
    path: '/approvals/:id/approve',
    summary: 'Let take place what somebody else asked for',
    description:
      'Within 24 hours, once, and as long as who asked may still do it; by an account that has been the same for seven days. What the act itself refuses is answered, and leaves the approval open.',
    permission: 'approval.approve',
    limit: 'heavy',
    stepUp: true,
    params,
    body: Decision,
    bodyOptional: true,
    returns: Approval,
    errors: [...refusals, errors.APPROVAL_ACCOUNT_NEW, errors.APPROVAL_ASKER_BARRED, ...acts],
  }).handle(({ ctx, params: { id }, body: { note } }) => approve(ctx, id, note)),

  endpoint({
    id: 'reject',
    method: 'post',
    path: '/approvals/:id/reject',
    summary: 'Refuse what somebody else asked for',
    permission: 'approval.reject',
    stepUp: true,
    params,
    body: Decision,
    bodyOptional: true,
    returns: Approval,
    errors: refusals,
  }).handle(({ ctx, params: { id }, body: { note } }) => reject(ctx, id, note)),
]
