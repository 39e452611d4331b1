import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { localDate } from '#/platform/clock.ts'
import { insertWarning } from '#/platform/database/write/alike.ts'
import { ApiError } from '#/platform/errors.ts'
import { findArchived, studentEntity, twinsQuery } from './queries.ts'
import { requirePastDate } from './rules.ts'
import type { StudentInput } from './schema.ts'
import { errors } from './errors.ts'

/** Registers a student. One that was deleted is to be restored rather than entered twice; one that is like another is made, with a warning. */
export async function createStudent(ctx: Context, input: z.output<typeof StudentInput>) {
  const today = localDate(ctx)
  const enrollment_date = input.enrollment_date ?? today
  requirePastDate(enrollment_date, today)
  const archived = await findArchived(ctx.db, input)
  if (archived) throw new ApiError(errors.STUDENT_ARCHIVED, archived)
  return insertWarning(ctx, studentEntity, { ...input, enrollment_date }, { LIKELY_TWIN: twinsQuery(ctx, input) })
}
