import type { Changes } from '#/platform/audit/table.ts'
import type { Context } from '#/platform/context.ts'
import { decrypt, partsBehind } from './row-key.ts'
import { findSalts } from './salts.ts'
import { placeOf } from './seal-entry.ts'
import type { PersonKind } from './subject.ts'
import { type Place, putBack, valueAt } from './take-out.ts'

/** What rests of one person in a row. */
export interface Envelope {
  of: PersonKind
  id: number | null
  kid: string
  text: string
  shift: (number | null)[]
}

/** What stands beside the changes of a row that tells of persons. */
export interface Sealed {
  by: Envelope[]
  reason?: Place
}

interface Row {
  entity_type: string
  request_id: string
  changes: Changes
  reason: string | null
}

/** Audit rows in clear, for who may read them: at most one round trip more. A value whose person's salt is gone reads `[erased]`. */
export async function openRows<R extends Row>(ctx: Pick<Context, 'db' | 'settings'>, rows: readonly R[]): Promise<R[]> {
  const envelopes = rows.flatMap((row) => sealedIn(row)?.by ?? [])
  const saltOf = await findSalts(
    ctx,
    envelopes.flatMap(({ of, id }) => (id === null ? [] : [{ of, id }])),
  )
  return rows.map((row) => {
    const sealed = sealedIn(row)
    if (!sealed) return row
    const values = sealed.by.map(({ of, id, kid, text, shift }) => {
      const parts = id === null ? undefined : partsBehind(shift, saltOf({ of, id }))
      const place = placeOf(row.entity_type, row.request_id)
      return parts && (decrypt(ctx.settings, parts, place, kid, text) as unknown[] | undefined)
    })
    const { sealed: _, ...changes } = row.changes
    const reason = sealed.reason ? (valueAt(values, sealed.reason) as string) : row.reason
    return { ...row, changes: putBack(changes, values), reason }
  })
}

/** What is sealed in a row. */
export function sealedIn({ changes }: { changes: Changes }): Sealed | undefined {
  const sealed = changes['sealed'] as Sealed | undefined
  return Array.isArray(sealed?.by) ? sealed : undefined
}
