import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { localDate } from '#/platform/clock.ts'
import { insert } from '#/platform/database/write/entity.ts'
import { holdEntity } from './queries.ts'
import type { HoldInput } from './schema.ts'

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
