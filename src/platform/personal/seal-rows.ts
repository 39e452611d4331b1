import { sql } from 'drizzle-orm'
import type { Changes } from '#/platform/audit/table.ts'
import type { Context } from '#/platform/context.ts'
import type { Envelope, Sealed } from './open-rows.ts'
import { sealedIn } from './open-rows.ts'
import { encrypt, newParts, shifted } from './row-key.ts'
import { findSalts, type Whose } from './salts.ts'
import { placeOf } from './seal-entry.ts'
import { subjectNamed } from './subject.ts'
import { type TakenOut, takeOut } from './take-out.ts'

/** An audit row as it rests. */
export interface RestingRow {
  id: number
  entity_type: string
  entity_id: string | null
  request_id: string
  /** JSON. */
  changes: string
  reason: string | null
}

export type SealedRow = Pick<RestingRow, 'id' | 'changes' | 'reason'>

/**
 * Of these rows those that tell of persons in the clear, as they are to rest: what no writer sealed, because the database made it or an older
 * version wrote it. A value for whose person there is no salt any more is gone. Two round trips at most.
 */
export async function sealRows(ctx: Context, rows: readonly RestingRow[]): Promise<SealedRow[]> {
  const open = rows.flatMap((row) => {
    const changes = JSON.parse(row.changes) as Changes
    const taken = sealedIn({ changes }) ? undefined : takeOut(row.entity_type, changes, row.reason)
    return taken && taken.persons.length > 0 ? [{ row, taken }] : []
  })
  const ownOf = await findPersons(
    ctx,
    open.map(({ row }) => row),
  )
  const told = open.flatMap(({ row, taken }) => {
    const persons = taken.persons.map(({ of, id }) => ({ of, id: id ?? ownOf(row) }))
    return persons.some(({ id }) => id === undefined) ? [] : [{ row, taken, persons: persons as Whose[] }]
  })
  const saltOf = await findSalts(
    ctx,
    told.flatMap(({ persons }) => persons),
  )
  return told.map(({ row, taken, persons }) => {
    const place = placeOf(row.entity_type, row.request_id)
    const by = persons.map(({ of, id }, i): Envelope => {
      const parts = newParts()
      const salt = saltOf({ of, id })
      const { kid, text } = encrypt(ctx.settings, parts, place, taken.persons[i]!.values)
      return { of, id, kid, text: salt ? text : '', shift: salt ? [...shifted(parts, salt)] : [] }
    })
    return resting(row, taken, by)
  })
}

function resting({ id, reason }: RestingRow, taken: TakenOut, by: Envelope[]): SealedRow {
  const sealed: Sealed = { by, ...(taken.reason && { reason: taken.reason }) }
  return { id, changes: JSON.stringify({ ...taken.changes, sealed }), reason: taken.reason ? null : reason }
}

/** The person behind each row itself, by its noun; one round trip. */
async function findPersons({ db }: Context, rows: readonly RestingRow[]) {
  const nouns = [...Map.groupBy(rows, ({ entity_type }) => entity_type)].flatMap(([noun, some]) => {
    const person = subjectNamed(noun)?.person
    return person ? [{ noun, person, ids: [...new Set(some.map(({ entity_id }) => entity_id))] }] : []
  })
  const [first, ...rest] = nouns.map(({ person, ids }) =>
    db
      .select({ id: sql<string>`e.value`.as('id'), person: sql<number | null>`${person(sql`e.value`)}`.as('person') })
      .from(sql`json_each(${JSON.stringify(ids)}) e`),
  )
  const found = first ? await db.batch([first, ...rest]) : []
  const persons = new Map(
    nouns.flatMap(({ noun }, i) => found[i]!.map(({ id, person }) => [`${noun} ${id}`, person ?? undefined] as const)),
  )
  return ({ entity_type, entity_id }: RestingRow) => persons.get(`${entity_type} ${entity_id}`)
}
