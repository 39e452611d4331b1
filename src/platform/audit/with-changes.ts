import { is, SQL } from 'drizzle-orm'
import type { AuditEntry } from './audit-row.ts'
import type { Changes } from './table.ts'

/** An entry that tells more. */
export function withChanges(
  entry: AuditEntry,
  { changes: more, named }: { changes: Changes; named: readonly SQL[] },
): AuditEntry {
  const { changes = {}, named: before = [] } = entry
  if (is(changes, SQL)) return { ...entry, changes: more, named: [changes, ...before, ...named] }
  return { ...entry, changes: { ...changes, ...more }, named: [...before, ...named] }
}
