import { applying, concerned, members, registry, permissionsOf } from '#/platform/policy.ts'

export const policy = permissionsOf({
  'section.read': members,
  'section.create': registry,
  'section.update': registry,
  'section.assign': registry,
  'section.schedule': registry,
  'section.delete': registry,
  'section.restore': registry,

  'enrollment.read': concerned,
  'enrollment.check': applying,
  'enrollment.create': applying,
  'enrollment.bulk': registry,
  'enrollment.transfer': applying,
  'enrollment.drop': applying,
  'enrollment.withdraw': applying,
  'enrollment.update': registry,
  'enrollment.delete': registry,
  'enrollment.restore': registry,
  'enrollment.audit': registry,

  'term.complete': registry,

  'turnstile.read': applying,
  'turnstile.take': { student: 'own' },

  'waitlist.read': concerned,
  'waitlist.join': applying,
  'waitlist.leave': applying,

  'override.read': applying,
  'override.grant': registry,
  'override.revoke': registry,

  'hold.read': applying,
  'hold.create': registry,
  'hold.release': registry,
})

declare module '#/platform/policy.ts' {
  interface Permissions extends Record<keyof typeof policy, Rule> {}
}
