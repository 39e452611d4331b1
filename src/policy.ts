import type { Reach, Role } from './roles.ts'

type Rule = Partial<Record<Role, Reach>>

const administration = { admin: 'any' } as const satisfies Rule
const registry = { admin: 'any', registrar: 'any' } as const satisfies Rule
const account = { admin: 'own', registrar: 'own', faculty: 'own', student: 'own' } as const satisfies Rule
const members = { ...registry, faculty: 'any', student: 'any' } as const satisfies Rule
const everyone = { ...members, anonymous: 'any' } as const satisfies Rule
const teaching = { ...registry, faculty: 'own' } as const satisfies Rule
const applying = { ...registry, student: 'own' } as const satisfies Rule
const concerned = { ...teaching, student: 'own' } as const satisfies Rule

/** One word is the permission of a route and the action in the audit log. */
export const policy = {
  'system.read': everyone,

  'session.create': everyone,
  'session.refresh': everyone,
  'session.end': account,
  'account.register': everyone,
  'session.verify': account,
  'session.read': account,
  'session.revoke': account,
  'account.change_password': account,
  'second_factor.create': account,
  'second_factor.confirm': account,
  'second_factor.delete': account,
  'account.read': account,
  'preference.read': account,
  'preference.update': account,

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

  'section.read': members,
  'section.create': registry,
  'section.update': registry,
  'section.assign': registry,
  'section.schedule': registry,
  'section.delete': registry,
  'section.restore': registry,

  'student.read': concerned,
  'student.create': registry,
  'student.update': registry,
  'student.delete': registry,
  'student.restore': registry,

  'student_note.read': registry,
  'student_note.create': registry,
  'record.read': concerned,
  /** Finds what the lists of the caller hold, no more. */
  'search.read': members,
  'saved_filter.read': account,
  'saved_filter.create': account,
  'saved_filter.update': account,
  'saved_filter.delete': account,
  'saved_filter.restore': account,

  'hold.read': applying,
  'hold.create': registry,
  'hold.release': registry,
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

  'transcript.issue': applying,
  'transcript.batch': registry,
  'transcript.read': applying,
  'transcript.revoke': registry,
  'transcript.verify': everyone,

  'request.read': applying,
  'request.create': applying,
  'request.update': applying,
  'request.cancel': applying,
  'request.transition': registry,
  'request.delete': applying,
  'request.restore': registry,
  'document.verify': everyone,
  'document.revoke': registry,

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

  'import.read': registry,
  'import.create': registry,
  'import.confirm': registry,
  'password_reset.request': everyone,
  'password_reset.confirm': everyone,
  'invitation.create': administration,
  'invitation.accept': everyone,
  'user.read': administration,
  'user.create': administration,
  'user.update': administration,
  'user.delete': administration,
  'user.restore': administration,
  'user.unlock': administration,
  'audit.read': administration,
  'audit.verify': administration,
  'job.read': administration,
  'job.run': administration,
  'dead_letter.read': administration,
  'dead_letter.retry': administration,
  'health.read': administration,
} as const satisfies Record<string, Rule>

export type Permission = keyof typeof policy

/** What `role` may reach with `permission`; undefined means it may not act at all. */
export const reachOf = (permission: Permission, role: Role): Reach | undefined => (policy[permission] as Rule)[role]
