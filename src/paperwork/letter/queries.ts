import { and, eq } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import type { Database } from '#/platform/database/connect.ts'
import { scope } from '#/platform/database/scope.ts'
import { ApiError } from '#/platform/errors.ts'
import { program } from '#/catalog/program/table.ts'
import { student } from '#/people/student/table.ts'
import { studentErrors } from '#/people/student/index.ts'
import { letter } from './table.ts'

/** Whom a letter speaks of. */
export async function findHolder(ctx: Context, studentId: number) {
  const own = scope(ctx, { student: () => eq(student.id, ctx.actor.studentId ?? 0) })
  const [holder] = await ctx.db
    .select({
      student: {
        student_number: student.student_number,
        first_name: student.first_name,
        last_name: student.last_name,
        latin_name: student.latin_name,
        father_name: student.father_name,
        enrollment_date: student.enrollment_date,
        study_year: student.study_year,
        status: student.status,
      },
      program: { code: program.code, title: program.title, title_el: program.title_el },
    })
    .from(student)
    .leftJoin(program, eq(program.id, student.program_id))
    .where(and(eq(student.id, studentId), own))
  if (!holder) throw new ApiError(studentErrors.STUDENT_NOT_FOUND, { id: studentId })
  return holder
}

export async function findLetter(db: Database, id: string) {
  const [found] = await db.select().from(letter).where(eq(letter.id, id))
  return found
}

export async function findLetterOf(db: Database, requestId: number) {
  const [found] = await db.select().from(letter).where(eq(letter.request_id, requestId))
  return found
}
