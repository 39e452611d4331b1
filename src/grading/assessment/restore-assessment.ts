import type { Context } from '#/platform/context.ts'
import { restore } from '#/platform/database/write/entity.ts'
import { sayCurrentTotal } from './current-total.ts'
import { assessmentEntity } from './queries.ts'

/** Brings a deleted assessment back, if its section is still there and has room for its weight. */
export const restoreAssessment = (ctx: Context, id: number) =>
  restore(ctx, assessmentEntity, id).catch(sayCurrentTotal(ctx, id))
