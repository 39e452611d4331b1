import type { Context } from '#/platform/context.ts'
import { restore } from '#/platform/database/write/entity.ts'
import { findWorkOf, scoreEntity } from './score-queries.ts'

/** Brings a deleted score back, if the student could be given it today. */
export const restoreScore = async (ctx: Context, id: number) => restore(ctx, scoreEntity, id, await findWorkOf(ctx, id))
