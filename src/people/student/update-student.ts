import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { localDate } from '#/platform/clock.ts'
import { find, update } from '#/platform/database/write/entity.ts'
import { studentEntity } from './queries.ts'
import { requirePastDate } from './rules.ts'
import type { StudentChanges } from './schema.ts'

/** Changes some fields of a student. */
export async function updateStudent(ctx: Context, id: number, changes: z.output<typeof StudentChanges>) {
  if (changes.enrollment_date) requirePastDate(changes.enrollment_date, localDate(ctx))
  return update(ctx, studentEntity, await find(ctx, studentEntity, id), changes)
}
