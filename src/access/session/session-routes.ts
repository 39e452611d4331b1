import * as z from 'zod'
import { endpoint } from '#/platform/http/endpoint.ts'
import { nothing } from '#/platform/http/format.ts'
import { changePassword } from '#/access/user/change-password.ts'
import { endOtherSessions, endSessionById } from './end-session.ts'
import { findSessions } from '#/access/identity/queries.ts'
import { PasswordChange, RevokedSessions, Sessions } from '#/access/identity/schema.ts'
import { errors as identityErrors } from '#/access/identity/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const sessionEndpoints = [
  endpoint({
    id: 'getSessions',
    method: 'get',
    path: '/auth/sessions',
    summary: 'Where you are signed in, the latest first',
    permission: 'session.read',
    returns: Sessions,
  }).handle(({ ctx }) => findSessions(ctx)),

  endpoint({
    id: 'endOtherSessions',
    method: 'post',
    path: '/auth/sessions/revoke-all',
    summary: 'Sign out everywhere but here',
    permission: 'session.revoke',
    stepUp: true,
    returns: RevokedSessions,
  }).handle(({ ctx }) => endOtherSessions(ctx)),

  endpoint({
    id: 'endSession',
    method: 'delete',
    path: '/auth/sessions/:id',
    summary: 'Sign out in one place',
    permission: 'session.revoke',
    stepUp: true,
    params: z.object({ id: z.string().regex(/^[\w-]{22}$/) }),
    returns: nothing,
    errors: [identityErrors.SESSION_NOT_FOUND, sharedErrors.STALE_STATE],
  }).handle(({ ctx, params: { id } }) => endSessionById(ctx, id)),

  endpoint({
    id: 'changePassword',
    method: 'post',
    path: '/auth/change-password',
    summary: 'Choose a new password; your other sessions end',
    permission: 'account.change_password',
    limit: 'auth',
    confidential: true,
    body: PasswordChange,
    returns: nothing,
    errors: [identityErrors.PASSWORD_WRONG, sharedErrors.STALE_STATE],
  }).handle(({ ctx, body }) => changePassword(ctx, body)),
]
