import type { Context } from '#/platform/context.ts'
import { softDelete } from '#/platform/database/write/entity.ts'
import { scoreEntity } from './score-queries.ts'

/** The work then counts as missing. */
export const deleteScore = (ctx: Context, id: number) => softDelete(ctx, scoreEntity, id)
