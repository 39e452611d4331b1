import { applying, concerned, everyone, registry, permissionsOf } from '#/platform/policy.ts'

export const policy = permissionsOf({
  'record.read': concerned,

  'transcript.issue': applying,
  'transcript.batch': registry,
  'transcript.read': applying,
  'transcript.revoke': registry,
  'transcript.verify': everyone,
  'transcript.disclose': everyone,
  'transcript.receive': everyone,

  'request.read': applying,
  'request.create': applying,
  'request.update': applying,
  'request.cancel': applying,
  'request.transition': registry,
  'request.delete': applying,
  'request.restore': registry,

  'document.verify': everyone,
  'document.disclose': everyone,
  'document.revoke': registry,
})

declare module '#/platform/policy.ts' {
  interface Permissions extends Record<keyof typeof policy, Rule> {}
}
