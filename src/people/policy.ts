import { account, applying, concerned, members, registry, type Rule } from '#/platform/policy-rules.ts'

export const students = {
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
} as const satisfies Record<string, Rule>
