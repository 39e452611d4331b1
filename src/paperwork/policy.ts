import { applying, everyone, registry, type Rule } from '#/platform/policy-rules.ts'

export const paperwork = {
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
} as const satisfies Record<string, Rule>
