import type { Context } from '#/platform/context.ts'
import { findUnordered, keepingOrder, tables } from './queries.ts'

const rowsAtOnce = 2000
const rounds = 10

/**
 * Makes the keys that order names of rows that have none, or one of another `NAME_ORDER`; deleted rows too, for they may come back. Takes
 * 20,000 rows of a table at most, so that a run is bounded; the next goes on. Keys are derived, so version and audit log do not change. Returns
 * how many.
 */
export async function orderNames(ctx: Context): Promise<number> {
  let made = 0
  for (const of of tables) made += await orderTable(ctx, of)
  return made
}

async function orderTable(ctx: Context, of: (typeof tables)[number]): Promise<number> {
  let made = 0
  for (let round = 0; round < rounds; round += 1) {
    const rows = await findUnordered(ctx, of, rowsAtOnce)
    if (rows.length > 0) await keepingOrder(ctx, of, rows)
    made += rows.length
    if (rows.length < rowsAtOnce) break
  }
  return made
}
