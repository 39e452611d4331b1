import { administration, everyone, type Rule } from './rules.ts'

export const system = {
  'system.read': everyone,
  'audit.read': administration,
  'audit.verify': administration,
} as const satisfies Record<string, Rule>
