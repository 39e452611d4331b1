import { type SQL, sql } from 'drizzle-orm'
import type { Changes } from '#/platform/audit/table.ts'
import type { Context } from '#/platform/context.ts'
import { encrypt, newParts, shiftedBy } from './row-key.ts'
import { personOf, subjectNamed } from './subject.ts'
import { takeOut, type Values } from './take-out.ts'

/** Binds what is encrypted to the audit row. */
export const placeOf = (entity: string, requestId: string) => `lyceum audit\n${entity}\n${requestId}`

/**
 * What an entry says as JSON, with personal values encrypted for their persons before anything is written. `id` is SQL for that of the row it tells
 * of. What the database itself adds to it is sealed when the row gets its hash.
 */
export function sealEntry(
  ctx: Context,
  { entity, changes, reason }: { entity: string; changes: Changes; reason: string | null },
  id: SQL,
): { changes: string | SQL; reason: string | null } {
  const taken = takeOut(entity, changes, reason)
  if (taken.persons.length === 0) return { changes: JSON.stringify(changes), reason }
  const own = subjectNamed(entity)?.person?.(id) ?? sql`null`
  const by = taken.persons.map((one) => envelopeOf(ctx, entity, one))
  const rest = JSON.stringify({ ...taken.changes, sealed: taken.reason ? { reason: taken.reason } : {} })
  return { changes: sql`json_set(${rest}, '$.sealed.by', json(${listOf(by, own)}))`, reason: null }
}

/** What rests of one person, as the database needs it to add the salt. */
function envelopeOf({ settings, requestId }: Context, entity: string, { of, id, values }: Values) {
  const parts = newParts()
  const { kid, text } = encrypt(settings, parts, placeOf(entity, requestId), values)
  return { of, id, parts, kid, text }
}

type Envelope = ReturnType<typeof envelopeOf>

/** SQL: a JSON array of them, in their order, with the number of the person and the key plus the salt. However many, it is one statement. */
function listOf(all: readonly Envelope[], own: SQL): SQL {
  const [first] = all
  const { id, salt, table } = personOf(first!.of)
  const given = JSON.stringify(all.map(({ of, id: number, parts, kid, text }) => [...parts, number, of, kid, text]))
  const at = (place: number) => sql`e.value ->> ${sql.raw(String(place))}`
  const who = sql`coalesce(${at(4)}, ${own})`
  const shift = shiftedBy(sql`${salt}`, [0, 1, 2, 3].map(at))
  return sql`(select json_group_array(json_object('of', ${at(5)}, 'id', ${who}, 'kid', ${at(6)}, 'text', ${at(7)}, 'shift', ${shift}))
    from json_each(${given}) e left join ${table} on ${id} = ${who})`
}
