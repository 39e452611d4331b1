import { applying, registry, permissionsOf } from '#/platform/policy.ts'

export const policy = permissionsOf({
  'application.read': applying,
  'application.create': applying,
  'application.update': applying,
  'application.submit': applying,
  'application.review': registry,
  'application.accept': registry,
  'application.reject': registry,
  'application.waitlist': registry,
  'application.withdraw': applying,
  'application.matriculate': registry,
  'application.delete': applying,
  'application.restore': registry,
})

declare module '#/platform/policy.ts' {
  interface Permissions extends Record<keyof typeof policy, Rule> {}
}
