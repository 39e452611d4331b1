import { concerned, registry, permissionsOf } from '#/platform/policy.ts'

export const policy = permissionsOf({
  'student.read': concerned,
  'student.create': registry,
  'student.update': registry,
  'student.delete': registry,
  'student.restore': registry,

  'student_note.read': registry,
  'student_note.create': registry,
})

declare module '#/platform/policy.ts' {
  interface Permissions extends Record<keyof typeof policy, Rule> {}
}
