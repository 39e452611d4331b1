import { administration, everyone, type Rule } from './rules.ts'

export const system = {
  'system.read': everyone,
  'metrics.read': {}, // No role: who has the METRICS_TOKEN.
  'audit.read': administration,
  'audit.verify': administration,
} as const satisfies Record<string, Rule>
