import * as z from 'zod'
import { pathId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { pageOf } from '#/platform/http/envelope.ts'
import { nothing, page } from '#/platform/http/format.ts'
import { tokenPageQuery } from '#/platform/http/token-page.ts'
import { Account, emailFree, strongPassword } from '#/access/identity/index.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { acceptInvitationPage } from './accept-invitation-page.ts'
import { invite } from './invite.ts'
import { invitationList } from './queries.ts'
import { Invitation, InvitationAcceptance, InvitationInput } from './schema.ts'
import { withdrawInvitation } from './withdraw-invitation.ts'
import { errors as identityErrors } from '#/access/identity/errors.ts'
import { errors } from './errors.ts'

export const invitationEndpoints = [
  endpoint({
    id: 'listInvitations',
    method: 'get',
    path: '/users/invitations',
    summary: 'List invitations',
    description:
      'Those that are void are left out unless `voided=true` asks for them. Seven days after it was sent an invitation is gone.',
    permission: 'invitation.read',
    query: invitationList.query,
    returns: pageOf(Invitation),
  }).handle(({ ctx, query }) => invitationList.page(ctx, query)),

  endpoint({
    id: 'inviteUser',
    method: 'post',
    path: '/users/invitations',
    summary: 'Invite somebody to an account, by mail',
    description: 'An open invitation of the same e-mail is void from then on.',
    permission: 'invitation.create',
    stepUp: true,
    body: InvitationInput,
    rules: [emailFree],
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
    limit: 'token',
    body: InvitationAcceptance,
    rules: [strongPassword('password')],
    status: 201,
    returns: Account,
    errors: [errors.INVITATION_INVALID, identityErrors.EMAIL_TAKEN],
  }).handle(({ ctx, body }) => acceptInvitation(ctx, body)),

  endpoint({
    id: 'withdrawInvitation',
    method: 'delete',
    path: '/users/invitations/:id',
    summary: 'Take an invitation back',
    permission: 'invitation.delete',
    stepUp: true,
    params: z.object({ id: pathId }),
    returns: nothing,
    errors: [errors.INVITATION_NOT_FOUND],
  }).handle(({ ctx, params: { id } }) => withdrawInvitation(ctx, id)),

  endpoint({
    id: 'getAcceptInvitationPage',
    method: 'get',
    path: '/console/accept-invitation',
    root: true,
    summary: 'Open the account one was invited to: the page that the mail links to',
    permission: 'invitation.accept',
    limit: 'public',
    query: tokenPageQuery,
    returns: page,
  }).handle(async ({ ctx, query }) => acceptInvitationPage(ctx, query)),
]
