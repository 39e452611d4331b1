import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { localDate } from '#/platform/clock.ts'
import { find, insert, update } from '#/platform/database/write/entity.ts'
import { ApiError } from '#/platform/errors.ts'
import { attendanceEntity, findTaughtSection } from './queries.ts'
import { requireTaughtDate } from './rules.ts'
import type { AttendanceChanges, AttendanceInput } from './schema.ts'
import { errors } from './errors.ts'

/** Records one student for one hour of a section the caller keeps. Only who has or had a seat can be recorded; the database holds that. */
export async function recordAttendance(ctx: Context, input: z.output<typeof AttendanceInput>) {
  const today = localDate(ctx)
  const date = input.date ?? today
  const { id, start_date, end_date } = await findTaughtSection(ctx, input.section_id)
  requireTaughtDate(date, today, { start_date, end_date })
  const values = { ...input, date, recorded_by: ctx.actor.id }
  return insert(ctx, attendanceEntity, values, { blame: { ...values, id, start_date, end_date } })
}

/** Corrects a record; it stays with its section and student. A date that stays is not looked at again: terms may have moved since. */
export async function updateAttendance(ctx: Context, id: number, changes: z.output<typeof AttendanceChanges>) {
  const row = await find(ctx, attendanceEntity, id)
  const { section_id = row.section_id, student_id = row.student_id, date = row.date } = changes
  if (section_id !== row.section_id || student_id !== row.student_id) throw new ApiError(errors.ATTENDANCE_FIXED)
  if (date !== row.date) requireTaughtDate(date, localDate(ctx), await findTaughtSection(ctx, section_id))
  return update(ctx, attendanceEntity, row, changes, { by: { recorded_by: ctx.actor.id } })
}
