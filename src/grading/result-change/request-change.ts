import { eq } from 'drizzle-orm'
import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { demandVersion, find } from '#/platform/database/write/entity.ts'
import { write } from '#/platform/database/write/write.ts'
import { writtenId } from '#/platform/audit/written-id.ts'
import { derivedOf } from '#/platform/database/write/derived.ts'
import { ApiError } from '#/platform/errors.ts'
import { resultEntity } from '#/grading/result/index.ts'
import { findScheme, gradingSchemeOf } from '#/catalog/scheme/index.ts'
import { changeRows, changeTexts } from './queries.ts'
import { approvalsNeeded, explained, requireDifference, wantedFigures } from './rules.ts'
import type { ResultChangeRequest } from './schema.ts'
import { resultChange } from './table.ts'
import { errors } from './errors.ts'
import { errors as resultErrors } from '#/grading/result/errors.ts'

/** Asks for other figures of a published or frozen result. Nothing changes until others approve; one change of a result waits at a time. */
export async function requestChange(
  ctx: Context,
  { result_id, reason, ...wish }: z.output<typeof ResultChangeRequest>,
) {
  const result = await find(ctx, resultEntity, result_id)
  demandVersion(ctx, result)
  if (result.state === 'draft') throw new ApiError(errors.RESULT_STILL_DRAFT, { id: result_id })
  if (result.outcome === 'withdrawn') throw new ApiError(resultErrors.RESULT_WITHDRAWN)
  const wanted = wantedFigures(gradingSchemeOf(await findScheme(ctx.db, result.scheme_id!)), wish)
  requireDifference(result, wanted)
  const { read } = await write(ctx, {
    change: ctx.db.insert(resultChange).values({
      result_id,
      requested_by: ctx.actor.id!,
      reason,
      old_outcome: result.outcome,
      old_percentage: result.percentage,
      old_letter: result.letter,
      old_points: result.points,
      old_value: result.value,
      new_outcome: wanted.outcome,
      new_percentage: wanted.percentage,
      new_letter: wanted.letter,
      new_points: wanted.points,
      new_value: wanted.value,
      approvals_needed: approvalsNeeded(result.state),
      ...derivedOf(changeTexts, { reason, old_letter: result.letter, new_letter: wanted.letter }, ctx.settings),
      created_at: ctx.now,
      updated_at: ctx.now,
    }),
    audit: {
      entity: 'result_change',
      changes: {
        result_id: { new: result_id },
        percentage: { old: result.percentage, new: wanted.percentage },
        letter: { old: result.letter, new: wanted.letter },
      },
      reason,
    },
    read: changeRows(ctx.db).where(eq(resultChange.id, writtenId)),
    blame: { id: result_id },
  })
  const { new_grade } = wish
  return { ...read[0]!, ...(new_grade && { explanation: explained(new_grade, wanted)[ctx.language] }) }
}
