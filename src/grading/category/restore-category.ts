import type { Context } from '#/platform/context.ts'
import { restore } from '#/platform/database/write/entity.ts'
import { sayCurrentTotal } from './current-total.ts'
import { categoryEntity } from './queries.ts'

/** Brings a deleted category back, if its section is still there and has room for its weight. */
export const restoreCategory = (ctx: Context, id: number) =>
  restore(ctx, categoryEntity, id).catch(sayCurrentTotal(ctx, id))
