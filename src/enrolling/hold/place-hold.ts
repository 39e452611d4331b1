import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { localDate } from '#/platform/clock.ts'
import { fits } from '#/platform/database/rule/rule.ts'
import { insert } from '#/platform/database/write/entity.ts'
import { errors } from './errors.ts'
import { holdEntity } from './queries.ts'
import type { HoldInput } from './schema.ts'

/** `until` alone is compared with today, where the hold then begins. */
export const daysOrdered = fits(
  errors.HOLD_DAYS_INVALID,
  ['until'],
  ({ until, from }, { ctx }) => until !== null && (until as string) < ((from as string | undefined) ?? localDate(ctx)),
  { beside: ['from'] },
)

/** Blocks a student from what is named, from today or a given day on. */
export function placeHold(ctx: Context, student_id: number, input: z.output<typeof HoldInput>) {
  const from = input.from ?? localDate(ctx)
  const blocks = [...new Set(input.blocks)]
  return insert(
    ctx,
    holdEntity,
    { ...input, student_id, from, blocks, placed_by: ctx.actor.id },
    { blame: { id: student_id } },
  )
}
