import { QueryPromise } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { clientOf, type Database, drafting } from '#/platform/database/connect.ts'
import type { Statement } from '#/platform/database/statement.ts'
import { filled, type Given, given, type Values, type Written } from './given.ts'

/** What Drizzle makes of a statement before it is sent; it keeps that out of its types. */
interface Prepared {
  getQuery: () => Written
  mapResult: (result: unknown, isFromBatch: boolean) => unknown
  stmt: unknown
}
/** What Drizzle asks each statement of a batch by. */
const asking = '_prepare'
const prepared = (statement: Statement) => (statement as unknown as Record<typeof asking, () => Prepared>)[asking]()

/**
 * A statement of a batch that is written once and sent with other values each time: to build one anew takes more CPU than to run it.
 * `make` may look at `variant` only; what else differs is `given`.
 */
export function kept<Name extends string, Made extends Statement>(
  make: (draft: { db: Database }, given: Given<Name>, variant: string) => Made,
) {
  const known = new Map<string, Prepared>()
  return ({ db }: Pick<Context, 'db'>, values: Values<Name>, variant = ''): Made => {
    const one = known.get(variant) ?? prepared(make({ db: drafting }, given as Given<Name>, variant))
    known.set(variant, one)
    const written = one.getQuery()
    const sending: Prepared = {
      getQuery: () => ({ sql: written.sql, params: filled(written, values) }),
      mapResult: (result, isFromBatch) => one.mapResult(result, isFromBatch),
      stmt: clientOf(db).prepare(written.sql),
    }
    return new Sending(db, sending) as unknown as Made
  }
}

/** A statement with its values: for a batch, or to be awaited. */
class Sending extends QueryPromise<unknown> {
  readonly #db: Database
  readonly #prepared: Prepared

  constructor(db: Database, prepared: Prepared) {
    super()
    this.#db = db
    this.#prepared = prepared
  }

  [asking](): Prepared {
    return this.#prepared
  }

  toSQL(): Written {
    return this.#prepared.getQuery()
  }

  override async execute(): Promise<unknown> {
    const [result] = await this.#db.batch([this as unknown as Statement])
    return result
  }
}
