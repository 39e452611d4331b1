import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { localDate } from '#/platform/clock.ts'
import { alikeQuery, warningsOf } from '#/platform/database/write/alike.ts'
import { insert } from '#/platform/database/write/entity.ts'
import { ApiError } from '#/platform/errors.ts'
import { archivedQuery, studentEntity, twinsQuery } from './queries.ts'
import { requirePastDate } from './rules.ts'
import type { StudentInput } from './schema.ts'
import { errors } from './errors.ts'

/** Registers a student. One that was deleted is to be restored rather than entered twice; one that is like another is made, with a warning. */
export async function createStudent(ctx: Context, input: z.output<typeof StudentInput>) {
  const today = localDate(ctx)
  const enrollment_date = input.enrollment_date ?? today
  requirePastDate(enrollment_date, today)
  const [[archived], LIKELY_TWIN, LOOKS_ALIKE] = await ctx.db.batch([
    archivedQuery(ctx.db, input),
    twinsQuery(ctx, input),
    alikeQuery(ctx.db, studentEntity, input.student_number),
  ])
  if (archived) throw new ApiError(errors.STUDENT_ARCHIVED, archived)
  const made = await insert(ctx, studentEntity, { ...input, enrollment_date })
  return { ...made, ...warningsOf({ LIKELY_TWIN, LOOKS_ALIKE }) }
}
