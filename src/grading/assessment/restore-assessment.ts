import { sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { restore } from '#/platform/database/write/entity.ts'
import { looseAmong, warnedOfLoose } from '#/grading/category/index.ts'
import { sayCurrentTotal } from './current-total.ts'
import { assessmentEntity } from './queries.ts'
import { isOutside } from './rules.ts'
import { assessmentTable } from './table.ts'

/** Brings a deleted assessment back, if its section is still there and has room for its weight. */
export async function restoreAssessment(ctx: Context, id: number) {
  const own = sql`(select ${assessmentTable.section_id} from ${assessmentTable} where ${assessmentTable.id} = ${id})`
  const asks = looseAmong(ctx, own)
  const restored = await restore(ctx, assessmentEntity, id, {}, { asks }).catch(sayCurrentTotal(ctx, id))
  return warnedOfLoose(restored, ctx, isOutside)
}
