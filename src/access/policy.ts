import { account, administration, everyone, permissionsOf, registry } from '#/platform/policy.ts'

export const policy = permissionsOf({
  'session.create': everyone,
  'session.refresh': everyone,
  'session.end': account,
  'session.verify': account,
  'session.read': account,
  'session.revoke': account,

  'account.register': everyone,
  'account.change_password': account,
  'account.read': account,

  'second_factor.create': account,
  'second_factor.confirm': account,
  'second_factor.delete': account,

  'preference.read': account,
  'preference.update': account,

  'email_confirmation.request': everyone,
  'email_confirmation.confirm': everyone,

  'password_reset.request': everyone,
  'password_reset.confirm': everyone,

  'invitation.create': administration,
  'invitation.read': administration,
  'invitation.delete': administration,
  'invitation.accept': everyone,

  'user.read': administration,
  'user.create': administration,
  'user.update': administration,
  'user.delete': administration,
  'user.restore': administration,
  'user.unlock': administration,
  'user.end_sessions': administration,

  'staff.read': registry,
})

declare module '#/platform/policy.ts' {
  interface Permissions extends Record<keyof typeof policy, Rule> {}
}
