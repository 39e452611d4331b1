/** Who may do what. `any` reaches every row, `own` only the caller's (a SQL predicate), absent means no. */
export const roles = ['admin', 'registrar', 'faculty', 'student', 'anonymous'] as const
export type Role = (typeof roles)[number]
export type Reach = 'any' | 'own'
/** How a request counts against the rate limits of its account or IP address. */
export type LimitClass = 'auth' | 'read' | 'write' | 'heavy' | 'public'
type Rule = Partial<Record<Role, Reach>>

const registry = { admin: 'any', registrar: 'any' } as const satisfies Rule
const account = { admin: 'own', registrar: 'own', faculty: 'own', student: 'own' } as const satisfies Rule
const members = { ...registry, faculty: 'any', student: 'any' } as const satisfies Rule
const everyone = { ...members, anonymous: 'any' } as const satisfies Rule
const teaching = { ...registry, faculty: 'own' } as const satisfies Rule
const concerned = { ...teaching, student: 'own' } as const satisfies Rule

/** One word is the permission of a route and the action in the audit log. */
export const policy = {
  'system.read': everyone,

  'session.create': everyone,
  'session.refresh': everyone,
  'session.end': account,
  'account.read': account,

  'grading_scheme.read': members,
  'grading_scheme.create': registry,
  'grading_scheme.update': registry,
  'grading_scheme.delete': registry,
  'grading_scheme.restore': registry,

  'program.read': members,
  'program.create': registry,
  'program.update': registry,
  'program.delete': registry,
  'program.restore': registry,

  'course.read': members,
  'course.create': registry,
  'course.update': registry,
  'course.require': registry,
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

  'hold.read': { ...registry, student: 'own' },
  'hold.create': registry,
  'hold.release': registry,

  'enrollment.read': concerned,
  'enrollment.check': { ...registry, student: 'own' },
  'enrollment.create': { ...registry, student: 'own' },
  'enrollment.bulk': registry,
  'enrollment.transfer': { ...registry, student: 'own' },
  'enrollment.drop': { ...registry, student: 'own' },

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

  'transcript.issue': { ...registry, student: 'own' },
  'transcript.read': { ...registry, student: 'own' },
  'transcript.revoke': registry,
  'transcript.verify': everyone,

  'request.read': { ...registry, student: 'own' },
  'request.create': { ...registry, student: 'own' },
  'request.update': { ...registry, student: 'own' },
  'request.cancel': { ...registry, student: 'own' },
  'request.transition': registry,
  'request.delete': { ...registry, student: 'own' },
  'request.restore': registry,
  'document.verify': everyone,

  'import.read': registry,
  'import.create': registry,
  'import.confirm': registry,

  'audit.read': { admin: 'any' },
} as const satisfies Record<string, Rule>

export type Permission = keyof typeof policy

/** What `role` may reach with `permission`; undefined means it may not act at all. */
export const reachOf = (permission: Permission, role: Role): Reach | undefined => (policy[permission] as Rule)[role]
