import { account, members, registry, permissionsOf } from '#/platform/policy.ts'

export const policy = permissionsOf({
  /** Finds what the lists of the caller hold, no more. */
  'search.read': members,

  'saved_filter.read': account,
  'saved_filter.create': account,
  'saved_filter.update': account,
  'saved_filter.delete': account,
  'saved_filter.restore': account,

  'import.read': registry,
  'import.create': registry,
  'import.confirm': registry,
})

declare module '#/platform/policy.ts' {
  interface Permissions extends Record<keyof typeof policy, Rule> {}
}
