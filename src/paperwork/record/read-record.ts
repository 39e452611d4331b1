import type { Context } from '#/platform/context.ts'
import { composeStudentRecord } from './compose-student-record.ts'
import { findRecord } from './queries.ts'

/** The record of a student, as far as the caller may see it. */
export async function readRecord(ctx: Context, studentId: number) {
  const isWhole = ctx.reach === 'any' || ctx.actor.role === 'student'
  return composeStudentRecord(await findRecord(ctx, studentId), isWhole)
}
