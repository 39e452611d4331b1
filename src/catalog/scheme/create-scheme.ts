import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { insert } from '#/platform/database/write/entity.ts'
import { schemeEntity } from './queries.ts'
import { requireSound } from './rules.ts'
import type { GradingSchemeInput } from './schema.ts'

/** Adds a grading scheme that programs can name. */
export async function createScheme(ctx: Context, input: z.output<typeof GradingSchemeInput>) {
  requireSound(input, ctx.language)
  return insert(ctx, schemeEntity, { ...input, shipped: false })
}
