import * as z from 'zod'
import { opaqueId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { wholeList } from '#/platform/http/listing/whole-list.ts'
import { nothing, unwrapped } from '#/platform/http/format.ts'
import { publicKeys } from './access-token.ts'
import { handOver, keepDevice } from './session-tokens.ts'
import { endOtherSessions, endSessionById, logout } from './end-session.ts'
import { grantPassword, login } from './login.ts'
import { findAccount } from '#/access/identity/index.ts'
import { Account } from '#/access/identity/schema.ts'
import { findSessions } from './queries.ts'
import { refreshSession } from './refresh-session.ts'
import {
  LoginInput,
  MfaRequired,
  PasswordGrant,
  RefreshInput,
  RevokedSessions,
  Session,
  SignedIn,
  Tokens,
} from './schema.ts'
import { errors as identityErrors } from '#/access/identity/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

const Jwks = z.object({
  keys: z.array(
    z.object({
      kty: z.string(),
      crv: z.string(),
      x: z.string(),
      kid: z.string(),
      use: z.literal('sig'),
      alg: z.literal('EdDSA'),
    }),
  ),
})

export const sessionEndpoints = [
  endpoint({
    id: 'login',
    method: 'post',
    path: '/auth/login',
    summary: 'Sign in with e-mail and password',
    description:
      'Five a minute and fifty an hour for an account and an address together; five failures lock the account for that address for five minutes. A device that the account has signed in with before is known by a cookie and has budgets of its own.',
    permission: 'session.create',
    limit: 'sign-in',
    body: LoginInput,
    returns: z.union([SignedIn, MfaRequired]),
    errors: [identityErrors.INVALID_CREDENTIALS, identityErrors.ACCOUNT_LOCKED],
  }).handle(async ({ ctx, body, cookie, device }) =>
    handOver(await login(ctx, body), { cookie: body.cookie && cookie, device }),
  ),

  endpoint({
    id: 'passwordGrant',
    method: 'post',
    path: '/auth/token',
    summary: 'Sign in as OAuth 2.0 tools do (password grant, form-encoded)',
    description:
      'Limited as `POST /auth/login` is, together with it. A tool that keeps the cookie of its device is known by it; a form on a page of another origin gets none.',
    permission: 'session.create',
    limit: 'sign-in',
    body: PasswordGrant,
    bodyType: 'form',
    returns: unwrapped(Tokens),
    errors: [identityErrors.INVALID_CREDENTIALS, identityErrors.MFA_REQUIRED, identityErrors.ACCOUNT_LOCKED],
  }).handle(async ({ ctx, body, device }) =>
    keepDevice(await grantPassword(ctx, { email: body.username, password: body.password }), device),
  ),

  endpoint({
    id: 'refreshSession',
    method: 'post',
    path: '/auth/refresh',
    summary: 'Exchange a refresh token for new tokens',
    description:
      'Each refresh token works once. Using one a second time ends the session, except within ten seconds of the refresh that took it: that answers 409 and no tokens. A session ends 30 days after its sign-in, however often it is refreshed. Without one in the body, that of the cookie is taken and the next one is kept there, if the page is of this origin or of a listed one.',
    permission: 'session.refresh',
    limit: 'refresh',
    body: RefreshInput,
    bodyOptional: true,
    returns: SignedIn,
    errors: [identityErrors.INVALID_REFRESH_TOKEN, sharedErrors.ORIGIN_REFUSED, identityErrors.REFRESH_OVERTAKEN],
  }).handle(({ ctx, body, cookie }) => refreshSession(ctx, body, cookie)),

  endpoint({
    id: 'logout',
    method: 'post',
    path: '/auth/logout',
    summary: 'End this session; its tokens stop working at once',
    description: 'Takes the cookie away, too.',
    permission: 'session.end',
    withoutSecondFactor: true,
    returns: nothing,
  }).handle(({ ctx, cookie }) => logout(ctx, cookie)),

  endpoint({
    id: 'getOwnAccount',
    method: 'get',
    path: '/auth/me',
    summary: 'The account behind the access token',
    permission: 'account.read',
    withoutSecondFactor: true,
    returns: Account,
  }).handle(({ ctx }) => findAccount(ctx)),

  endpoint({
    id: 'listPublicKeys',
    method: 'get',
    path: '/.well-known/jwks.json',
    root: true,
    summary: 'Public keys of the access tokens (JWKS)',
    permission: 'system.read',
    limit: 'public',
    returns: unwrapped(Jwks),
  }).handle(async ({ ctx }) => publicKeys(ctx.settings)),

  wholeList({
    id: 'getSessions',
    path: '/auth/sessions',
    summary: 'Where you are signed in, the latest first',
    permission: 'session.read',
    row: Session,
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
    params: z.object({ id: opaqueId }),
    returns: nothing,
    errors: [identityErrors.SESSION_NOT_FOUND, sharedErrors.STALE_STATE],
  }).handle(({ ctx, params: { id } }) => endSessionById(ctx, id)),
]
