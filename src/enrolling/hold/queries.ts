import { textOf } from '#/platform/database/list/text-of.ts'
import { accountName } from '#/access/identity/table.ts'
import { whole } from '#/platform/database/list/whole.ts'
import { and, desc, eq, gte, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { localDate } from '#/platform/clock.ts'
import { shown } from '#/platform/database/columns.ts'
import type { Database } from '#/platform/database/connect.ts'
import { entity } from '#/platform/database/write/entity.ts'
import { scope } from '#/platform/database/scope.ts'
import { ApiError } from '#/platform/errors.ts'
import { student, studentTable, writtenName } from '#/people/student/table.ts'
import { type Block, hold, holdTable } from './table.ts'
import { errors } from './errors.ts'
import { studentErrors } from '#/people/student/index.ts'

const fields = {
  ...shown(hold),
  student_number: textOf(hold.student_id, studentTable, studentTable.student_number).as('student_number'),
  student_name: textOf(hold.student_id, student, writtenName.column).as('student_name'),
  placed_by_name: accountName(hold.placed_by).as('placed_by_name'),
  released_by_name: accountName(hold.released_by).as('released_by_name'),
}
const rows = (db: Database) => db.select(fields).from(hold).$dynamic()

export const holdEntity = entity({ name: 'hold', table: holdTable, rows, id: hold.id, notFound: errors.HOLD_NOT_FOUND })

/** The holds of a student, newest first, released ones too. Throws STUDENT_NOT_FOUND when the caller may not see the student. */
export async function findHolds(ctx: Context, studentId: number) {
  const own = scope(ctx, { student: () => eq(student.id, ctx.actor.studentId ?? 0) })
  const students = ctx.db
    .select({ id: student.id })
    .from(student)
    .where(and(eq(student.id, studentId), own))
  const holds = rows(ctx.db).where(eq(hold.student_id, studentId)).orderBy(desc(hold.id))
  const [[found], all] = await ctx.db.batch([students, holds])
  if (!found) throw new ApiError(studentErrors.STUDENT_NOT_FOUND, { id: studentId })
  return whole(all)
}

/** What of a student is blocked today, as a query for the batch of a decision. */
export const blocking = (ctx: Context, studentId: number, block: Block) =>
  blockingAny({ db: ctx.db, today: localDate(ctx) }, sql`(${studentId})`, block)

/** The same for several students; `students` is what follows the word `in`. */
export const blockingAny = ({ db, today }: { db: Database; today: string | SQL }, students: SQL, block: Block) =>
  db
    .select({ student_id: hold.student_id, kind: hold.kind, office: hold.office })
    .from(hold)
    .where(
      and(
        sql`${hold.student_id} in ${students}`,
        inForce(today),
        sql`exists (select 1 from json_each(${hold.blocks}) where value = ${block})`,
      ),
    )

/** What blocks a student from anything today, oldest first, for those who may read holds. */
export const holdsInForce = (ctx: Context, studentId: number) =>
  ctx.db
    .select({
      id: hold.id,
      kind: hold.kind,
      blocks: hold.blocks,
      office: hold.office,
      from: hold.from,
      until: hold.until,
    })
    .from(hold)
    .where(
      and(
        eq(hold.student_id, studentId),
        inForce(localDate(ctx)),
        scope(ctx, { student: () => eq(hold.student_id, ctx.actor.studentId ?? 0) }),
      ),
    )
    .orderBy(hold.id)

const inForce = (today: string | SQL) =>
  and(isNull(hold.released_at), lte(hold.from, today), or(isNull(hold.until), gte(hold.until, today)))
