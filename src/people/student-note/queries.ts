import { whole } from '#/platform/database/list/whole.ts'
import { desc, eq, getTableColumns, sql } from 'drizzle-orm'
import { auditRows } from '#/platform/audit/audit-rows.ts'
import type { Context } from '#/platform/context.ts'
import type { Database } from '#/platform/database/connect.ts'
import { ApiError } from '#/platform/errors.ts'
import { user } from '#/access/identity/table.ts'
import { textOf } from '#/platform/database/list/text-of.ts'
import { student, studentTable, writtenName } from '#/people/student/table.ts'
import { studentNote } from './table.ts'
import { errors as studentErrors } from '#/people/student/errors.ts'

const fields = {
  ...getTableColumns(studentNote),
  student_number: textOf(studentNote.student_id, studentTable, studentTable.student_number).as('student_number'),
  student_name: textOf(studentNote.student_id, student, writtenName.column).as('student_name'),
  author_name: user.full_name,
}

export const noteRows = (db: Database) =>
  db.select(fields).from(studentNote).leftJoin(user, eq(user.id, studentNote.author_id)).$dynamic()

/** What staff noted about a student, newest first. Who read it is on record, in the same round trip. */
export async function findNotes(ctx: Context, studentId: number) {
  const students = ctx.db.select({ id: student.id }).from(student).where(eq(student.id, studentId))
  const notes = noteRows(ctx.db).where(eq(studentNote.student_id, studentId)).orderBy(desc(studentNote.id))
  const [[found], all] = await ctx.db.batch([students, notes, noteReading(ctx, studentId)])
  if (!found) throw new ApiError(studentErrors.STUDENT_NOT_FOUND, { id: studentId })
  return whole(all)
}

const noteReading = (ctx: Context, studentId: number) =>
  auditRows(ctx, {
    entity: 'student',
    id: sql`${student.id}`,
    changes: sql`'{}'`,
    summary: sql`null`,
    from: sql`${student} where ${student.id} = ${studentId}`,
  })

export async function findNote(ctx: Context, id: number) {
  const [found] = await noteRows(ctx.db).where(eq(studentNote.id, id))
  return found!
}
