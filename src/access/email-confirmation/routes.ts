import { endpoint } from '#/platform/http/endpoint.ts'
import { nothing, page } from '#/platform/http/format.ts'
import { tokenPageQuery } from '#/platform/http/token-page.ts'
import { Accepted } from '#/access/password-reset/schema.ts'
import { confirmEmail } from './confirm-email.ts'
import { confirmEmailPage } from './confirm-email-page.ts'
import { requestConfirmation } from './request-confirmation.ts'
import { EmailConfirmation, EmailConfirmationRequest } from './schema.ts'
import { errors } from './errors.ts'

export const emailConfirmationEndpoints = [
  endpoint({
    id: 'requestEmailConfirmation',
    method: 'post',
    path: '/auth/email-confirmation/request',
    summary: 'Have a token mailed that confirms your e-mail',
    description:
      'The answer is the same whether an account has this e-mail or not, and whether it was confirmed before.',
    permission: 'email_confirmation.request',
    limit: 'reset',
    body: EmailConfirmationRequest,
    status: 202,
    returns: Accepted,
  }).handle(({ ctx, body }) => requestConfirmation(ctx, body)),

  endpoint({
    id: 'confirmEmail',
    method: 'post',
    path: '/auth/email-confirmation/confirm',
    summary: 'Confirm your e-mail with the token from the mail',
    description:
      'Until then the account gives way to whoever else registers (unless it is one of staff that was signed in to) or gets an account under its e-mail, has no second factor, and no student is linked to it.',
    permission: 'email_confirmation.confirm',
    limit: 'token',
    body: EmailConfirmation,
    returns: nothing,
    errors: [errors.EMAIL_CONFIRMATION_INVALID, errors.EMAIL_CONFIRMATION_PASSWORD],
  }).handle(({ ctx, body }) => confirmEmail(ctx, body)),

  endpoint({
    id: 'getConfirmEmailPage',
    method: 'get',
    path: '/console/confirm-email',
    root: true,
    summary: 'Confirm your e-mail: the page that the mail links to',
    permission: 'email_confirmation.confirm',
    limit: 'public',
    query: tokenPageQuery,
    returns: page,
  }).handle(async ({ ctx, query }) => confirmEmailPage(ctx, query)),
]
