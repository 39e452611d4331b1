import type { Context } from '#/platform/context.ts'
import { find, update } from '#/platform/database/write/entity.ts'
import { assessmentEntity } from './queries.ts'

/** Lets students see their scores. */
export const releaseAssessment = async (ctx: Context, id: number) =>
  update(ctx, assessmentEntity, await find(ctx, assessmentEntity, id), { released: true })
