import { is, SQL, sql } from 'drizzle-orm'
import type { AuditEntry } from './audit-row.ts'
import type { Changes } from './table.ts'

interface More {
  changes: Changes
  /** What only the database knows by then. Each yields a JSON object; a null in it is left out. */
  named: readonly SQL[]
}

/** An entry that tells more. */
export function withChanges(entry: AuditEntry, { changes: more, named }: More): AuditEntry {
  if (named.length === 0 && Object.keys(more).length === 0) return entry
  const { changes = {} } = entry
  const [known, open] = is(changes, SQL) ? [more, [changes, ...named]] : [{ ...changes, ...more }, named]
  if (open.length === 0) return { ...entry, changes: known }
  return {
    ...entry,
    changes: open.reduce((all, one) => sql`json_patch(${all}, ${one})`, sql`${JSON.stringify(known)}`),
  }
}
