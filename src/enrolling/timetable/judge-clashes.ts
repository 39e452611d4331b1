import { type AcceptClashes, clashErrors } from '#/catalog/clash/index.ts'
import type { Context } from '#/platform/context.ts'
import { expectThat } from '#/platform/database/write/guards.ts'
import { isStale } from '#/platform/database/write/stale.ts'
import { ApiError } from '#/platform/errors.ts'
import { clashesQuery, noClash, type Sought } from './queries.ts'

/** What a write does about the clashes that it would bring: a guard that fails it, or, once they are accepted, a list of them in its answer. */
export const mindingClashes = (ctx: Context, sought: Sought, { accept_clashes }: AcceptClashes) =>
  accept_clashes
    ? { asks: { clashes: clashesQuery(ctx.db, sought) }, changes: { accept_clashes: { new: true } } }
    : { also: [expectThat(ctx, noClash(sought))] }

/** For `.catch` after such a write: what its guard found. Throws MEETINGS_CLASH. */
export const tellingClashes =
  (ctx: Context, sought: Sought, { accept_clashes }: AcceptClashes) =>
  async (error: unknown): Promise<never> => {
    if (isStale(error) && !accept_clashes) await refuseClashes(ctx, sought)
    throw error
  }

/** Throws MEETINGS_CLASH, with a list, when there are clashes. */
export async function refuseClashes(ctx: Context, sought: Sought) {
  const found = await clashesQuery(ctx.db, sought)
  if (found.length === 0) return
  const clashes = found.map((row) => {
    const { total: _, ...clash } = row
    return clash
  })
  throw new ApiError(clashErrors.MEETINGS_CLASH, { count: found[0]!.total }, { details: { clashes } })
}
