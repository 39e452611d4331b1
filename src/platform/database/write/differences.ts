import type { Changes } from '#/platform/audit/table.ts'

/** Field -> { old, new } for every given value that differs. */
export function differences(row: object, values: object): Changes {
  const before = row as Record<string, unknown>
  const changed = Object.entries(values).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(before[field] ?? null),
  )
  return Object.fromEntries(
    changed.map(([field, value]) => {
      if (secret.test(field)) return [field, { new: '[redacted]' }]
      return [field, field in before ? { old: before[field], new: value } : { new: value }]
    }),
  )
}

const secret = /password|secret|hash|token/
