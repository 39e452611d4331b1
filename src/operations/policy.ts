import { administration, everyone, permissionsOf, registry } from '#/platform/policy.ts'

export const policy = permissionsOf({
  'system.read': everyone,
  'metrics.read': {}, // No role: who has the METRICS_TOKEN.
  'audit.read': administration,
  'audit.verify': administration,
  'job.read': administration,
  'job.run': administration,
  'dead_letter.read': administration,
  'dead_letter.retry': administration,
  'legacy.read': registry,
  'health.read': administration,
  'backup.read': administration,
  'backup.create': administration,
  'backup.download': administration,
  'backup.verify': administration,
  'backup.restore': administration,
  'backup.delete': administration,
  'approval.read': administration,
  'approval.approve': administration,
  'approval.reject': administration,
  'backup_key.read': administration,
  'backup_key.rotate': administration,
  'backup_key.rewrap': administration,
})

declare module '#/platform/policy.ts' {
  interface Permissions extends Record<keyof typeof policy, Rule> {}
}
