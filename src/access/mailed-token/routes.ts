import { endpoint } from '#/platform/http/endpoint.ts'
import { Account } from '#/access/identity/index.ts'
import { nothing } from '#/platform/http/format.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { confirmReset } from './confirm-reset.ts'
import { invite } from './invite.ts'
import { requestReset } from './request-reset.ts'
import {
  Accepted,
  Invitation,
  InvitationAcceptance,
  InvitationInput,
  ResetConfirmation,
  ResetRequest,
} from './schema.ts'
import { errors as identityErrors } from '#/access/identity/errors.ts'
import { errors } from './errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const mailedTokenEndpoints = [
  endpoint({
    id: 'requestPasswordReset',
    method: 'post',
    path: '/auth/password-reset/request',
    summary: 'Have a token for a new password mailed',
    description: 'The answer is the same whether an account has this e-mail or not.',
    permission: 'password_reset.request',
    limit: 'auth',
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
    limit: 'auth',
    body: ResetConfirmation,
    returns: nothing,
    errors: [errors.RESET_TOKEN_INVALID, sharedErrors.STALE_STATE],
  }).handle(({ ctx, body }) => confirmReset(ctx, body)),

  endpoint({
    id: 'inviteUser',
    method: 'post',
    path: '/users/invitations',
    summary: 'Invite somebody to an account, by mail',
    permission: 'invitation.create',
    stepUp: true,
    body: InvitationInput,
    status: 201,
    returns: Invitation,
    errors: [identityErrors.EMAIL_TAKEN],
  }).handle(({ ctx, body }) => invite(ctx, body)),

  endpoint({
    id: 'acceptInvitation',
    method: 'post',
    path: '/auth/invitations/accept',
    summary: 'Open the account one was invited to',
    permission: 'invitation.accept',
    limit: 'auth',
    body: InvitationAcceptance,
    status: 201,
    returns: Account,
    errors: [errors.INVITATION_INVALID, identityErrors.EMAIL_TAKEN],
  }).handle(({ ctx, body }) => acceptInvitation(ctx, body)),
]
