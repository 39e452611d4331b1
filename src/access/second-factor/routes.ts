import { endpoint } from '#/platform/http/endpoint.ts'
import { nothing } from '#/platform/http/format.ts'
import { confirmTotp } from './confirm-totp.ts'
import { disableTotp } from './disable-totp.ts'
import { handOver, SignedIn } from '#/access/session/index.ts'
import { finishLogin } from './finish-login.ts'
import { CodeInput, DisableInput, FreshToken, MfaLoginInput, RecoveryCodes, StepUpInput, TotpSetUp } from './schema.ts'
import { setUpTotp } from './set-up-totp.ts'
import { stepUp } from './step-up.ts'
import { errors as identityErrors } from '#/access/identity/errors.ts'
import { errors } from './errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const secondFactorEndpoints = [
  endpoint({
    id: 'finishLogin',
    method: 'post',
    path: '/auth/mfa/login',
    summary: 'Finish signing in with a one-time code or a recovery code',
    permission: 'session.create',
    limit: 'sign-in',
    body: MfaLoginInput,
    returns: SignedIn,
    errors: [errors.MFA_LOGIN_REFUSED, identityErrors.ACCOUNT_LOCKED],
  }).handle(async ({ ctx, body, cookie, device }) =>
    handOver(await finishLogin(ctx, body), { cookie: body.cookie && cookie, device }),
  ),

  endpoint({
    id: 'setUpTotp',
    method: 'post',
    path: '/auth/mfa/setup',
    summary: 'Make a secret for your authenticator',
    permission: 'second_factor.create',
    stepUp: true,
    withoutSecondFactor: true,
    confidential: true,
    returns: TotpSetUp,
    errors: [errors.MFA_ALREADY_ENABLED, identityErrors.EMAIL_UNPROVED, sharedErrors.STALE_STATE],
  }).handle(({ ctx }) => setUpTotp(ctx)),

  endpoint({
    id: 'confirmTotp',
    method: 'post',
    path: '/auth/mfa/verify',
    summary: 'Bring the second factor into force with a first code',
    permission: 'second_factor.confirm',
    withoutSecondFactor: true,
    limit: 'proof',
    confidential: true,
    body: CodeInput,
    returns: RecoveryCodes,
    errors: [
      errors.MFA_NOT_SET_UP,
      errors.MFA_ALREADY_ENABLED,
      errors.MFA_CODE_WRONG,
      identityErrors.EMAIL_UNPROVED,
      sharedErrors.STALE_STATE,
    ],
  }).handle(({ ctx, body }) => confirmTotp(ctx, body)),

  endpoint({
    id: 'disableTotp',
    method: 'post',
    path: '/auth/mfa/disable',
    summary: 'Take the second factor away',
    description: 'Other sessions end. This one goes on with a refresh: its access tokens are refused from then on.',
    permission: 'second_factor.delete',
    limit: 'proof',
    confidential: true,
    body: DisableInput,
    returns: nothing,
    errors: [errors.MFA_NOT_ENABLED, errors.MFA_CODE_WRONG],
  }).handle(({ ctx, body }) => disableTotp(ctx, body)),

  endpoint({
    id: 'stepUp',
    method: 'post',
    path: '/auth/mfa/step-up',
    summary: 'Give a fresh code before something sensitive, or the password where there is no second factor',
    permission: 'session.verify',
    withoutSecondFactor: true,
    limit: 'proof',
    confidential: true,
    body: StepUpInput,
    returns: FreshToken,
    errors: [errors.MFA_NOT_ENABLED, errors.MFA_CODE_WRONG, identityErrors.PASSWORD_WRONG],
  }).handle(({ ctx, body }) => stepUp(ctx, body)),
]
