import { concerned, registry, teaching, permissionsOf } from '#/platform/policy.ts'

export const policy = permissionsOf({
  'category.read': concerned,
  'category.create': teaching,
  'category.update': teaching,
  'category.delete': teaching,
  'category.restore': teaching,

  'attendance.read': concerned,
  'attendance.create': teaching,
  'attendance.update': teaching,
  'attendance.delete': teaching,
  'attendance.restore': teaching,
  'attendance.take': teaching,
  'attendance.summarize': teaching,

  'assessment.read': concerned,
  'assessment.create': teaching,
  'assessment.update': teaching,
  'assessment.release': teaching,
  'assessment.delete': teaching,
  'assessment.restore': teaching,

  'score.read': concerned,
  'score.create': teaching,
  'score.update': teaching,
  'score.delete': teaching,
  'score.restore': teaching,
  'gradebook.read': teaching,
  'gradebook.update': teaching,
  'grade.read': concerned,

  'result.read': concerned,
  'result.compute': teaching,
  'result.update': teaching,
  'result.publish': registry,
  'result.freeze': registry,
  'result.propose': teaching,
  'result.approve': registry,
})

declare module '#/platform/policy.ts' {
  interface Permissions extends Record<keyof typeof policy, Rule> {}
}
