import { sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { restore } from '#/platform/database/write/entity.ts'
import { sayCurrentTotal } from './current-total.ts'
import { categoryEntity, looseAmong } from './queries.ts'
import { warnedOfLoose } from './rules.ts'
import { categoryTable } from './table.ts'

/** Brings a deleted category back, if its section is still there and has room for its weight. */
export async function restoreCategory(ctx: Context, id: number) {
  const asks = looseAmong(
    ctx,
    sql`(select ${categoryTable.section_id} from ${categoryTable} where ${categoryTable.id} = ${id})`,
  )
  return warnedOfLoose(await restore(ctx, categoryEntity, id, {}, { asks }).catch(sayCurrentTotal(ctx, id)), ctx)
}
