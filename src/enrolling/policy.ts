import { applying, concerned, registry, type Rule } from '#/platform/policy-rules.ts'

export const enrolling = {
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

  'waitlist.read': concerned,
  'waitlist.join': applying,
  'waitlist.leave': applying,

  'override.read': applying,
  'override.grant': registry,
  'override.revoke': registry,
} as const satisfies Record<string, Rule>
