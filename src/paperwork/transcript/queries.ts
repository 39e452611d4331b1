import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { shown } from '#/platform/database/columns.ts'
import type { Database } from '#/platform/database/connect.ts'
import { scope } from '#/platform/database/scope.ts'
import { ApiError } from '#/platform/errors.ts'
import { course, courseTable } from '#/catalog/course/table.ts'
import { blocking, holdErrors } from '#/enrolling/hold/index.ts'
import { program } from '#/catalog/program/table.ts'
import { result } from '#/grading/result/table.ts'
import { hold } from '#/enrolling/hold/table.ts'
import { section, sectionTable } from '#/enrolling/section/table.ts'
import { student } from '#/people/student/table.ts'
import { term, termTable } from '#/catalog/term/table.ts'
import { transcriptIssue } from './table.ts'
import { studentErrors } from '#/people/student/index.ts'

/** Of a result, its course and its term only what the record shows: mapping every column costs more than the query. */
const recorded = {
  result: {
    id: result.id,
    outcome: result.outcome,
    credits: result.credits,
    percentage: result.percentage,
    points: result.points,
    letter: result.letter,
  },
  course: { id: course.id, code: course.code, title: course.title, title_el: course.title_el },
  term: { id: term.id, code: term.code, name: term.name, name_el: term.name_el, start_date: term.start_date },
}

/** The student (whom the caller may see) with the program, and every published or frozen result: one round trip. Throws HOLD. */
export async function findRecordRows(ctx: Context, studentId: number) {
  const own = scope(ctx, { student: () => eq(student.id, ctx.actor.studentId ?? 0) })
  const students = ctx.db
    .select({
      student: shown(student),
      program: shown(program),
      record_version: recordVersion(studentId).as('record_version'),
    })
    .from(student)
    .leftJoin(program, eq(program.id, student.program_id))
    .where(and(eq(student.id, studentId), own))
  const results = ctx.db
    .select(recorded)
    .from(result)
    .innerJoin(section, eq(section.id, result.section_id))
    .innerJoin(course, eq(course.id, section.course_id))
    .innerJoin(term, eq(term.id, section.term_id))
    .where(and(eq(result.student_id, studentId), inArray(result.state, ['published', 'frozen'])))
    .orderBy(asc(term.start_date), asc(term.id), asc(course.code), asc(result.id))
  const [[person], rows, [hold]] = await ctx.db.batch([students, results, blocking(ctx, studentId, 'transcript')])
  if (!person) throw new ApiError(studentErrors.STUDENT_NOT_FOUND, { id: studentId })
  if (hold) throw new ApiError(holdErrors.HOLD, hold)
  return { student: person.student, program: person.program, results: rows, version: person.record_version }
}

/**
 * The versions of every row that a transcript is made of, as one text: student, program, holds, official results with their courses and
 * terms. It differs as soon as one of them has changed, come or gone.
 */
export const recordVersion = (studentId: number) => {
  const person = sql`select json_array(${student.id}, ${student.version}, ${program.id}, ${program.version})
    from ${student} left join ${program} on ${program.id} = ${student.program_id} where ${student.id} = ${studentId}`
  const holds = sql`select json_group_array(json_array(${hold.id}, ${hold.version}) order by ${hold.id})
    from ${hold} where ${hold.student_id} = ${studentId}`
  const results = sql`select json_group_array(json_array(${result.id}, ${result.version}, ${courseTable.id}, ${courseTable.version},
      ${termTable.id}, ${termTable.version}) order by ${result.id})
    from ${result} join ${sectionTable} on ${sectionTable.id} = ${result.section_id}
    join ${courseTable} on ${courseTable.id} = ${sectionTable.course_id} join ${termTable} on ${termTable.id} = ${sectionTable.term_id}
    where ${result.student_id} = ${studentId} and ${result.state} <> 'draft'`
  return sql<string>`(select json_array((${person}), (${holds}), (${results})))`
}

export type RecordRows = Awaited<ReturnType<typeof findRecordRows>>

/** The issued transcript that `which` says, and whom it was issued to; the holder is null once deleted. */
export async function findIssuedTo(db: Database, which: SQL) {
  const [found] = await db
    .select({
      issue: transcriptIssue,
      holder: { first_name: student.first_name, last_name: student.last_name, student_number: student.student_number },
    })
    .from(transcriptIssue)
    .leftJoin(student, eq(student.id, transcriptIssue.student_id))
    .where(which)
  return found
}

export async function findIssue(db: Database, id: string) {
  const [found] = await db.select().from(transcriptIssue).where(eq(transcriptIssue.id, id))
  return found
}
