import { textOf } from '#/platform/database/list/text-of.ts'
import { accountName } from '#/access/identity/table.ts'
import { whole } from '#/platform/database/list/whole.ts'
import { and, desc, eq, gt, isNull, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { shown } from '#/platform/database/columns.ts'
import type { Database } from '#/platform/database/connect.ts'
import { there } from '#/platform/database/rule/rule.ts'
import { entity, find } from '#/platform/database/write/entity.ts'
import { scope } from '#/platform/database/scope.ts'
import { ApiError } from '#/platform/errors.ts'
import { course, courseTable } from '#/catalog/course/table.ts'
import { term, termTable } from '#/catalog/term/table.ts'
import { section, sectionTable } from '#/enrolling/section/table.ts'
import { student, studentTable, writtenName } from '#/people/student/table.ts'
import { override, overrideTable } from './table.ts'
import { errors } from './errors.ts'
import { studentErrors } from '#/people/student/index.ts'

const ofSection = (text: SQLWrapper) => textOf(override.section_id, sectionTable, text)
const fields = {
  ...shown(override),
  student_number: textOf(override.student_id, studentTable, studentTable.student_number).as('student_number'),
  student_name: textOf(override.student_id, student, writtenName.column).as('student_name'),
  section_number: ofSection(sectionTable.number).as('section_number'),
  course_code: textOf(
    sql`coalesce(${override.course_id}, ${ofSection(sectionTable.course_id)})`,
    courseTable,
    courseTable.code,
  ).as('course_code'),
  term_code: textOf(
    sql`coalesce(${override.term_id}, ${ofSection(sectionTable.term_id)})`,
    termTable,
    termTable.code,
  ).as('term_code'),
  granted_by_name: accountName(override.granted_by).as('granted_by_name'),
  revoked_by_name: accountName(override.revoked_by).as('revoked_by_name'),
}
const rows = (db: Database) => db.select(fields).from(override).$dynamic()

export const overrideEntity = entity({
  name: 'override',
  table: overrideTable,
  rows,
  id: override.id,
  notFound: errors.OVERRIDE_NOT_FOUND,
})

/** What an override is for is there. */
export const scopeRules = [
  there(errors.OVERRIDE_SCOPE_NOT_FOUND, 'section_id', section.id, section),
  there(errors.OVERRIDE_SCOPE_NOT_FOUND, 'course_id', course.id, course),
  there(errors.OVERRIDE_SCOPE_NOT_FOUND, 'term_id', term.id, term),
]

export const findOverride = (ctx: Context, id: number) => find(ctx, overrideEntity, id)

/** The overrides of a student, newest first, expired and revoked ones too. Throws STUDENT_NOT_FOUND when the caller may not see the student. */
export async function findOverrides(ctx: Context, studentId: number) {
  const own = scope(ctx, { student: () => eq(student.id, ctx.actor.studentId ?? 0) })
  const students = ctx.db
    .select({ id: student.id })
    .from(student)
    .where(and(eq(student.id, studentId), own))
  const overrides = rows(ctx.db).where(eq(override.student_id, studentId)).orderBy(desc(override.id))
  const [[found], all] = await ctx.db.batch([students, overrides])
  if (!found) throw new ApiError(studentErrors.STUDENT_NOT_FOUND, { id: studentId })
  return whole(all)
}

/** What these students may pass now, for the batch of a decision; `students` is what follows the word `in`. */
export const overridesOf = ({ db, now }: { db: Database; now: string | SQL }, students: SQL) =>
  db
    .select({
      id: override.id,
      student_id: override.student_id,
      check: override.check,
      section_id: override.section_id,
      course_id: override.course_id,
      term_id: override.term_id,
    })
    .from(override)
    .where(
      and(
        sql`${override.student_id} in ${students}`,
        isNull(override.revoked_at),
        or(isNull(override.expires_at), gt(override.expires_at, now)),
      ),
    )
