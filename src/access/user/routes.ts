import * as z from 'zod'
import { pathId } from '#/platform/fields.ts'
import { endpoint } from '#/platform/http/endpoint.ts'
import { nothing } from '#/platform/http/format.ts'
import { resource } from '#/platform/http/resource.ts'
import { strongPassword, userEntity, userList } from '#/access/identity/index.ts'
import { Account } from '#/access/identity/schema.ts'
import { RevokedSessions } from '#/access/session/schema.ts'
import { changePassword } from './change-password.ts'
import { registerAccount } from './register-account.ts'
import { PasswordChange, Registration, User, UserChanges, UserInput, UserReplacement } from './schema.ts'
import { deleteUser, endSessionsOf, openAccount, restoreUser, unlockUser, updateUser } from './write-user.ts'
import { errors as identityErrors } from '#/access/identity/errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

export const userEndpoints = [
  ...resource({
    noun: 'user',
    names: ['User', 'Users'],
    path: '/users',
    entity: userEntity,
    list: userList,
    row: User,
    input: UserInput,
    replacement: UserReplacement,
    changes: UserChanges,
    errors: {
      write: [
        identityErrors.EMAIL_TAKEN,
        identityErrors.STUDENT_HAS_ACCOUNT,
        identityErrors.ACCOUNT_STUDENT_NOT_FOUND,
        identityErrors.EMAIL_UNPROVED,
        identityErrors.LAST_ADMIN,
      ],
      delete: [identityErrors.LAST_ADMIN],
    },
    stepUp: true,
    create: openAccount,
    update: updateUser,
    remove: deleteUser,
    restore: restoreUser,
  }),

  endpoint({
    id: 'unlockUser',
    method: 'post',
    path: '/users/:id/unlock',
    summary: 'Let somebody sign in again after too many failures',
    permission: 'user.unlock',
    params: z.object({ id: pathId }),
    returns: nothing,
    errors: [identityErrors.USER_NOT_FOUND, sharedErrors.STALE_STATE],
  }).handle(({ ctx, params: { id } }) => unlockUser(ctx, id)),

  endpoint({
    id: 'endUserSessions',
    method: 'delete',
    path: '/users/:id/sessions',
    summary: 'Sign somebody out everywhere, at once',
    permission: 'user.end_sessions',
    params: z.object({ id: pathId }),
    stepUp: true,
    returns: RevokedSessions,
    errors: [identityErrors.USER_NOT_FOUND, sharedErrors.STALE_STATE],
  }).handle(({ ctx, params: { id } }) => endSessionsOf(ctx, id)),
]

export const registrationEndpoint = endpoint({
  id: 'register',
  method: 'post',
  path: '/auth/register',
  summary: 'Open an account for oneself, to apply for a place',
  description:
    'The account is that of a student without a record; matriculation gives it one, once its e-mail is confirmed. An account of this e-mail that was never confirmed is closed, unless it is one of staff that was signed in to. A password that breaks rules is refused with all of them.',
  permission: 'account.register',
  limit: 'register',
  body: Registration,
  rules: [strongPassword('password')],
  status: 201,
  returns: Account,
  errors: [identityErrors.EMAIL_TAKEN, sharedErrors.STALE_STATE],
}).handle(({ ctx, body }) => registerAccount(ctx, body))

export const passwordEndpoint = endpoint({
  id: 'changePassword',
  method: 'post',
  path: '/auth/change-password',
  summary: 'Choose a new password; your other sessions end',
  permission: 'account.change_password',
  limit: 'proof',
  confidential: true,
  body: PasswordChange,
  rules: [strongPassword('new_password')],
  returns: nothing,
  errors: [identityErrors.PASSWORD_WRONG, sharedErrors.STALE_STATE],
}).handle(({ ctx, body, device }) => changePassword(ctx, body, device))
