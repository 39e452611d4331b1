import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { localDate } from '#/platform/clock.ts'
import { insert } from '#/platform/database/write/entity.ts'
import { ApiError } from '#/platform/errors.ts'
import { findArchived, studentEntity } from './queries.ts'
import { requirePastDate } from './rules.ts'
import type { StudentInput } from './schema.ts'
import { errors } from './errors.ts'

/** Registers a student. One that was deleted is to be restored rather than entered twice. */
export async function createStudent(ctx: Context, input: z.output<typeof StudentInput>) {
  const today = localDate(ctx)
  const enrollment_date = input.enrollment_date ?? today
  requirePastDate(enrollment_date, today)
  const archived = await findArchived(ctx.db, input)
  if (archived) throw new ApiError(errors.STUDENT_ARCHIVED, archived)
  return insert(ctx, studentEntity, { ...input, enrollment_date })
}
