import type { Context } from '#/platform/context.ts'
import { inMany } from '#/platform/database/in-many.ts'
import type { Statement } from '#/platform/database/statement.ts'
import type { Parts } from './row-key.ts'
import { personOf, type PersonKind } from './subject.ts'

/** Whose salt it is. */
export interface Whose {
  of: PersonKind
  id: number
}

/** The salts of persons, those that are still there; one round trip, or none. */
export async function findSalts({ db }: Pick<Context, 'db'>, persons: readonly Whose[]) {
  const kinds = [...Map.groupBy(persons, ({ of }) => of)]
  const [first, ...rest] = kinds.map(([of, some]): Statement => {
    const { table, id, salt } = personOf(of)
    const ids = [...new Set(some.map((one) => one.id))]
    return db.select({ id, salt }).from(table).where(inMany(id, ids))
  })
  const found = first ? ((await db.batch([first, ...rest])) as { id: number; salt: string | null }[][]) : []
  const salts = new Map(
    kinds.flatMap(([of], i) => found[i]!.map(({ id, salt }) => [`${of} ${id}`, salt && (JSON.parse(salt) as Parts)])),
  )
  return ({ of, id }: Whose): Parts | undefined => salts.get(`${of} ${id}`) || undefined
}
