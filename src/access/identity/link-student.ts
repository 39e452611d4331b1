import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { userTable } from './table.ts'

/** Gives an account the student behind it, unless it has one, for the write that makes the student. Writes nothing itself. */
export const linkStudent = (ctx: Context, userId: number, studentId: SQL<number>) =>
  ctx.db
    .update(userTable)
    .set({ student_id: studentId, version: sql`${userTable.version} + 1`, updated_at: ctx.now })
    .where(and(eq(userTable.id, userId), isNull(userTable.student_id), isNull(userTable.deleted_at)))
