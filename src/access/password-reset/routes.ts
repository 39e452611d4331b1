import { strongPassword } from '#/access/identity/index.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { nothing, page } from '#/platform/http/format.ts'
import { tokenPageQuery } from '#/platform/http/token-page.ts'
import { confirmReset } from './confirm-reset.ts'
import { newPasswordPage } from './new-password-page.ts'
import { requestReset } from './request-reset.ts'
import { Accepted, ResetConfirmation, ResetRequest } from './schema.ts'
import { errors } from './errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const passwordResetEndpoints = [
  endpoint({
    id: 'requestPasswordReset',
    method: 'post',
    path: '/auth/password-reset/request',
    summary: 'Have a token for a new password mailed',
    description: 'The answer is the same whether an account has this e-mail or not.',
    permission: 'password_reset.request',
    limit: 'reset',
    body: ResetRequest,
    status: 202,
    returns: Accepted,
  }).handle(({ ctx, body }) => requestReset(ctx, body)),

  endpoint({
    id: 'confirmPasswordReset',
    method: 'post',
    path: '/auth/password-reset/confirm',
    summary: 'Choose a new password with the token from the mail; all sessions end',
    permission: 'password_reset.confirm',
    limit: 'token',
    body: ResetConfirmation,
    rules: [strongPassword('new_password')],
    returns: nothing,
    errors: [errors.RESET_TOKEN_INVALID, sharedErrors.STALE_STATE],
  }).handle(({ ctx, body, device }) => confirmReset(ctx, body, device)),

  endpoint({
    id: 'getNewPasswordPage',
    method: 'get',
    path: '/console/new-password',
    root: true,
    summary: 'Choose a new password: the page that the mail links to',
    permission: 'password_reset.confirm',
    limit: 'public',
    query: tokenPageQuery,
    returns: page,
  }).handle(async ({ ctx, query }) => newPasswordPage(ctx, query)),
]
