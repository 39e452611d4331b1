import { whole } from '#/platform/database/list/whole.ts'
import { and, asc, count, desc, eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import { localDate } from '#/platform/clock.ts'
import type { Context } from '#/platform/context.ts'
import { shown } from '#/platform/database/columns.ts'
import type { Database } from '#/platform/database/connect.ts'
import { facts } from '#/platform/database/kept/facts.ts'
import type { Given } from '#/platform/database/kept/given.ts'
import { callerIn, scope, variantOf } from '#/platform/database/scope.ts'
import { expectThat } from '#/platform/database/write/guards.ts'
import { ApiError } from '#/platform/errors.ts'
import { blockingAny, holdErrors } from '#/enrolling/hold/index.ts'
import { scheme } from '#/catalog/scheme/table.ts'
import { program } from '#/catalog/program/table.ts'
import { offering } from '#/grading/result/index.ts'
import { result } from '#/grading/result/table.ts'
import { section } from '#/enrolling/section/table.ts'
import { nameFields, student, studentName, studentTable } from '#/people/student/table.ts'
import { term } from '#/catalog/term/table.ts'
import { recordVersion } from './version-queries.ts'
import { type Issue, transcriptIssue } from './table.ts'
import { studentErrors } from '#/people/student/index.ts'
import type { Language } from '#/platform/words.ts'

/** Of a result, its course and its term only what the record shows: mapping every column costs more than the query. */
const recorded = {
  result: {
    id: result.id,
    outcome: result.outcome,
    credits: result.credits,
    percentage: result.percentage,
    points: result.points,
    letter: result.letter,
    value: result.value,
  },
  course: { id: section.course_id, ...offering },
  scheme: { scale_max: scheme.scale_max, decimals: scheme.decimals, bands: scheme.bands },
  term: { id: term.id, code: term.code, name: term.name, name_el: term.name_el, start_date: term.start_date },
}

interface Of {
  studentId: number
  language: Language
}

type Asked = Given<'student' | 'self' | 'today' | 'language' | 'scheme'>

const recordRows = facts(({ db }, { student: id, self, today, language, scheme: usual }: Asked, variant) => ({
  people: db
    .select({
      student: shown(student),
      student_name: studentName,
      program: shown(program),
      scheme: shown(scheme),
      record_version: recordVersion(id).as('record_version'),
    })
    .from(student)
    .leftJoin(program, eq(program.id, student.program_id))
    .leftJoin(scheme, usualScheme(usual))
    .where(and(sql`${student.id} = ${id}`, scope(callerIn(variant), { student: () => sql`${student.id} = ${self}` }))),
  results: db
    .select(recorded)
    .from(result)
    .innerJoin(section, eq(section.id, result.section_id))
    .innerJoin(term, eq(term.id, section.term_id))
    .leftJoin(scheme, eq(scheme.id, result.scheme_id))
    .where(and(sql`${result.student_id} = ${id}`, sql`${result.state} in ('published', 'frozen')`))
    .orderBy(asc(term.start_date), asc(term.id), asc(section.code), asc(result.id)),
  holds: blockingAny({ db, today }, sql`(${id})`, 'transcript'),
  issues: newestFirst(db, { studentId: id, language }).limit(1),
  given: distribution({ db }, id, usual),
}))

/**
 * The student (whom the caller may see) with the program, every published or frozen result, and the newest issue in a language: one statement.
 * Throws STUDENT_NOT_FOUND, HOLD.
 */
export async function findRecordRows(ctx: Context, { studentId, language }: Of) {
  const values = {
    student: studentId,
    self: ctx.actor.studentId ?? 0,
    today: localDate(ctx),
    language,
    scheme: ctx.settings.DEFAULT_GRADING_SCHEME,
  }
  const found = await recordRows(ctx, values, { variant: variantOf(ctx) })
  const [[person], [hold], [newest]] = [found.people, found.holds, found.issues]
  if (!person) throw new ApiError(studentErrors.STUDENT_NOT_FOUND, { id: studentId })
  if (hold) throw new ApiError(holdErrors.HOLD, hold)
  return {
    student: person.student,
    student_name: person.student_name,
    program: person.program,
    scheme: person.scheme,
    results: found.results,
    given: found.given,
    version: person.record_version,
    newest,
  }
}

/**
 * How often each grade of the scheme of a student's averages was given in the five years before the newest result of the record: whatever
 * becomes official later changes no record.
 */
function distribution({ db }: Pick<Context, 'db'>, studentId: SQL, usual: SQL) {
  const newest = sql`select max(${result.published_at}) from ${result}
    where ${result.student_id} = ${studentId} and ${result.state} <> 'draft'`
  const own = sql`select ${scheme.id} from ${student} left join ${program} on ${program.id} = ${student.program_id}
    join ${scheme} on ${usualScheme(usual)} where ${student.id} = ${studentId}`
  return db
    .select({ letter: result.letter, grades: count().as('grades') })
    .from(result)
    .where(
      and(
        sql`${result.state} <> 'draft'`,
        sql`${result.scheme_id} = (${own})`,
        sql`${result.published_at} <= (${newest})`,
        sql`${result.published_at} > strftime('%Y-%m-%dT%H:%M:%fZ', (${newest}), '-5 years')`,
      ),
    )
    .groupBy(result.letter)
}

/** The scheme that averages of a student are shown by: that of the program, or of the deployment. */
const usualScheme = (usual: SQL) => sql`${scheme.code} = coalesce(${program.grading_scheme}, ${usual})`

const visibleStudent = (ctx: Context, studentId: number) =>
  and(eq(student.id, studentId), scope(ctx, { student: () => eq(student.id, ctx.actor.studentId ?? 0) }))

const newestFirst = (db: Database, { studentId, language }: { studentId: number | SQL; language?: SQL }) =>
  db
    .select()
    .from(transcriptIssue)
    .where(
      and(
        sql`${transcriptIssue.student_id} = ${studentId}`,
        language && sql`${transcriptIssue.language} = ${language}`,
      ),
    )
    .orderBy(desc(transcriptIssue.issued_at), desc(transcriptIssue.id))

/** Fails the write of an issue when another transcript in its language was issued since `newest` was read. */
export const stillNewest = ({ db }: Context, { id, student_id, language }: Issue, newest: Issue | undefined) =>
  expectThat(
    { db },
    sql`(select ${transcriptIssue.id} from ${transcriptIssue}
      where ${transcriptIssue.student_id} = ${student_id} and ${transcriptIssue.language} = ${language}
        and ${transcriptIssue.id} <> ${id}
      order by ${transcriptIssue.issued_at} desc, ${transcriptIssue.id} desc limit 1) is ${newest?.id ?? null}`,
  )

/** Every transcript that a student was issued, newest first. Throws STUDENT_NOT_FOUND. */
export async function findIssues(ctx: Context, studentId: number) {
  const students = ctx.db
    .select({ student_number: student.student_number, student_name: studentName })
    .from(student)
    .where(visibleStudent(ctx, studentId))
  const [[found], transcripts] = await ctx.db.batch([students, newestFirst(ctx.db, { studentId })])
  if (!found) throw new ApiError(studentErrors.STUDENT_NOT_FOUND, { id: studentId })
  return whole(transcripts.map((one) => ({ ...one, ...found })))
}

export type RecordRows = Awaited<ReturnType<typeof findRecordRows>>

export async function findIssue(db: Database, id: string) {
  const [found] = await db.select().from(transcriptIssue).where(eq(transcriptIssue.id, id))
  return found
}

/** The same, naming its student. */
export async function findNamedIssue(db: Database, id: string) {
  const [found] = await db
    .select({
      ...getTableColumns(transcriptIssue),
      student_number: nameFields.student_number,
      student_name: nameFields.student_name,
    })
    .from(transcriptIssue)
    .innerJoin(studentTable, eq(studentTable.id, transcriptIssue.student_id))
    .where(eq(transcriptIssue.id, id))
  return found
}
