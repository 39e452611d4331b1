import { members, registry, permissionsOf } from '#/platform/policy.ts'

export const policy = permissionsOf({
  'grading_scheme.read': members,
  'grading_scheme.create': registry,
  'grading_scheme.update': registry,
  'grading_scheme.delete': registry,
  'grading_scheme.restore': registry,

  'program.read': members,
  'program.create': registry,
  'program.update': registry,
  'program.archive': registry,
  'program.delete': registry,
  'program.restore': registry,

  'course.read': members,
  'course.create': registry,
  'course.update': registry,
  'course.require': registry,
  'course.evaluate': registry,
  'course.archive': registry,
  'course.delete': registry,
  'course.restore': registry,

  'term.read': members,
  'term.create': registry,
  'term.update': registry,
  'term.open': registry,
  'term.close': registry,
  'term.delete': registry,
  'term.restore': registry,
})

declare module '#/platform/policy.ts' {
  interface Permissions extends Record<keyof typeof policy, Rule> {}
}
