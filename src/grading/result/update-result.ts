import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { needed } from '#/platform/database/rule/rule.ts'
import { find, update } from '#/platform/database/write/entity.ts'
import { ApiError } from '#/platform/errors.ts'
import { findScheme, gradingSchemeOf } from '#/catalog/scheme/index.ts'
import { resultEntity } from './queries.ts'
import { figuresOf, requireDraft } from './rules.ts'
import type { ResultChanges } from './schema.ts'
import { errors } from './errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

/** Whoever changes it says why. */
export const reasonRule = needed(errors.RESULT_REASON_REQUIRED, 'reason')

/** Changes a draft by hand, with a reason and against the version that was read (`If-Match`). The figure stays until it is to be overwritten. */
export async function updateResult(ctx: Context, id: number, { percentage, reason }: z.output<typeof ResultChanges>) {
  const result = await find(ctx, resultEntity, id)
  requireDraft(result)
  if (ctx.ifMatch === undefined) throw new ApiError(sharedErrors.PRECONDITION_REQUIRED)
  if (!reason) throw new ApiError(errors.RESULT_REASON_REQUIRED)
  const figures = percentage === undefined ? {} : figuresOf(await schemeOf(ctx, result), String(percentage))
  return update(ctx, resultEntity, result, figures, { reason, by: { set_by_hand: true } })
}

const schemeOf = async (ctx: Context, { scheme_id }: { scheme_id: number | null }) =>
  gradingSchemeOf(await findScheme(ctx.db, scheme_id!))
