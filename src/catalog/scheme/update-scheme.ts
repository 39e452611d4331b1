import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { find, isChanged, update } from '#/platform/database/write/entity.ts'
import { ApiError } from '#/platform/errors.ts'
import { schemeEntity } from './queries.ts'
import { requireSound } from './rules.ts'
import type { GradingSchemeChanges } from './schema.ts'
import { errors } from './errors.ts'

/** Changes a grading scheme as long as no result was made by it. Programs name it by its code, which stays. */
export async function updateScheme(ctx: Context, id: number, changes: z.output<typeof GradingSchemeChanges>) {
  const scheme = await find(ctx, schemeEntity, id)
  const { code, ...others } = changes
  const { scale_max = scheme.scale_max, pass_minimum = scheme.pass_minimum, bands = scheme.bands } = others
  const { step = scheme.step, rounding = scheme.rounding } = others
  if (code !== undefined && code !== scheme.code) throw new ApiError(errors.SCHEME_CODE_FIXED)
  const grading = { scale_max, step, rounding, pass_minimum, bands }
  if (isChanged(scheme, grading)) requireSound({ code: scheme.code, ...grading }, ctx.language)
  return update(ctx, schemeEntity, scheme, others)
}
