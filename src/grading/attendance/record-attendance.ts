import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { localDate } from '#/platform/clock.ts'
import { find, insert, update } from '#/platform/database/write/entity.ts'
import { ApiError } from '#/platform/errors.ts'
import { attendanceEntity } from './queries.ts'
import { outsideOf, requireTaughtDate } from './rules.ts'
import type { AttendanceChanges, AttendanceInput } from './schema.ts'
import { findPlace } from './section-queries.ts'
import { errors } from './errors.ts'

/** Records one student for one hour of a section the caller keeps. Only who has or had a seat by then can be recorded; the database holds that. */
export async function recordAttendance(ctx: Context, input: z.output<typeof AttendanceInput>) {
  const day = { ...input, date: input.date ?? localDate(ctx) }
  const section = await requireDay(ctx, day)
  const values = { ...day, recorded_by: ctx.actor.id }
  return insert(ctx, attendanceEntity, values, { blame: { ...values, ...section } }).catch(explaining(ctx, day))
}

/** Corrects a record; it stays with its section and student. A date that stays is not looked at again: terms and seats may have moved since. */
export async function updateAttendance(ctx: Context, id: number, changes: z.output<typeof AttendanceChanges>) {
  const row = await find(ctx, attendanceEntity, id)
  const { section_id = row.section_id, student_id = row.student_id, date = row.date } = changes
  if (section_id !== row.section_id || student_id !== row.student_id) throw new ApiError(errors.ATTENDANCE_FIXED)
  const day = { section_id, student_id, date }
  if (date !== row.date) await requireDay(ctx, day)
  return update(ctx, attendanceEntity, row, changes, { by: { recorded_by: ctx.actor.id } }).catch(explaining(ctx, day))
}

/** Throws when the section was not taught on that day, or the student was not in it. */
async function requireDay(ctx: Context, { section_id, student_id, date }: Day) {
  const { section, seats } = await findPlace(ctx, section_id, student_id)
  requireTaughtDate(date, localDate(ctx), section)
  const outside = outsideOf(seats, date, section)
  if (outside) throw outside
  return section
}

/** For `.catch` after the write: the days that the text of a refusal names are those of now. */
const explaining = (ctx: Context, day: Day) => async (error: unknown) => {
  const hasLeft = error instanceof ApiError && error.declared === errors.ATTENDANCE_OUTSIDE_MEMBERSHIP
  if (hasLeft) await requireDay(ctx, day)
  throw error
}

interface Day {
  section_id: number
  student_id: number
  date: string
}
