import { and, asc, count, eq, getTableColumns, inArray, isNotNull, type SQL, sql } from 'drizzle-orm'
import { accountName, accountSearch, user } from '#/access/identity/table.ts'
import { localDate } from '#/platform/clock.ts'
import type { Context } from '#/platform/context.ts'
import { found } from '#/platform/database/rule/rule.ts'
import { byId, byOneOf, byInstant } from '#/platform/database/list/filters.ts'
import { many } from '#/platform/database/in-many.ts'
import { list } from '#/platform/database/list/list.ts'
import type { Database } from '#/platform/database/connect.ts'
import { searchable } from '#/platform/text/search.ts'
import { scope } from '#/platform/database/scope.ts'
import { ApiError } from '#/platform/errors.ts'
import { blocking, blockingAny, holdErrors } from '#/enrolling/hold/index.ts'
import { program } from '#/catalog/program/table.ts'
import { nameProblems } from '#/paperwork/document-text/index.ts'
import { studentsOf } from '#/enrolling/seat/index.ts'
import { sectionEntity, sectionErrors } from '#/enrolling/section/index.ts'
import { section } from '#/enrolling/section/table.ts'
import { student, studentName } from '#/people/student/table.ts'
import { transcriptJob } from './table.ts'
import { programEntity, programErrors } from '#/catalog/program/index.ts'
import { errors } from './errors.ts'
import { studentEntity, studentErrors } from '#/people/student/index.ts'
import { transcriptJobStates } from '#/platform/words.ts'

const named = { first_name: student.first_name, last_name: student.last_name, latin_name: student.latin_name }

/**
 * Throws unless the caller may see the student, no hold keeps the student from a transcript, and documents can name the student. Says whether an e-mail is the proved one of
 * the student's own account. One round trip.
 */
export async function requireEntitled(ctx: Context, studentId: number, email: string | null = null) {
  const own = scope(ctx, { student: () => eq(student.id, ctx.actor.studentId ?? 0) })
  const isProved = and(eq(user.email, email ?? ''), isNotNull(user.email_verified_at))
  const students = ctx.db
    .select({ id: student.id, ...named, account: user.id })
    .from(student)
    .leftJoin(user, and(eq(user.student_id, student.id), isProved))
    .where(and(eq(student.id, studentId), own))
  const [[found], [hold]] = await ctx.db.batch([students, blocking(ctx, studentId, 'transcript')])
  if (!found) throw new ApiError(studentErrors.STUDENT_NOT_FOUND, { id: studentId })
  if (hold) throw new ApiError(holdErrors.HOLD, hold)
  const problem = (await nameProblems(ctx, [found])).get(found.id)
  if (problem) throw problem
  return { isOwnEmail: found.account !== null }
}

/** Whom a batch is for. */
export interface BatchTarget {
  student_ids?: readonly number[] | undefined
  section_id?: number | undefined
  program_id?: number | undefined
}

/** Those students of a target who exist, at most `limit` of them, and their holds: one round trip. Throws when the target is unknown. */
export async function findBatch(ctx: Context, { student_ids, section_id, program_id }: BatchTarget, limit: number) {
  const { db } = ctx
  const ids =
    section_id !== undefined
      ? studentsOf(section_id)
      : program_id !== undefined
        ? sql`(select ${student.id} from ${student} where ${student.program_id} = ${program_id})`
        : many(student_ids ?? [])
  const sections = db
    .select({ id: section.id })
    .from(section)
    .where(eq(section.id, section_id ?? 0))
  const programs = db
    .select({ id: program.id })
    .from(program)
    .where(eq(program.id, program_id ?? 0))
  const students = db
    .select({ id: student.id, student_number: student.student_number, ...named })
    .from(student)
    .where(sql`${student.id} in ${ids}`)
    .orderBy(asc(student.id))
    .limit(limit)
  const [[place], [studies], found, holds] = await db.batch([
    sections,
    programs,
    students,
    blockingAny({ db: ctx.db, today: localDate(ctx) }, ids, 'transcript'),
  ])
  if (section_id !== undefined && !place) throw new ApiError(sectionErrors.SECTION_NOT_FOUND, { id: section_id })
  if (program_id !== undefined && !studies) throw new ApiError(programErrors.PROGRAM_NOT_FOUND, { id: program_id })
  return { students: found, holds }
}

/** What an order names, of one transcript or of many. */
export const orderRules = [found(studentEntity, 'student_id')]
export const batchRules = [found(sectionEntity, 'section_id'), found(programEntity, 'program_id')]

const asker = accountName(transcriptJob.requested_by)
const fields = {
  ...getTableColumns(transcriptJob),
  student_number: student.student_number,
  student_name: studentName,
  requested_by_name: asker.as('requested_by_name'),
}

const jobs = (db: Database) =>
  db.select(fields).from(transcriptJob).leftJoin(student, eq(student.id, transcriptJob.student_id)).$dynamic()

const visibleJobs = (ctx: Context): SQL | undefined =>
  scope(ctx, { student: () => eq(transcriptJob.student_id, ctx.actor.studentId ?? 0) })

export const transcriptJobList = list({
  rows: jobs,
  visible: visibleJobs,
  id: transcriptJob.id,
  counted: { table: 'transcript_job' },
  search: searchable(student.search_text, accountSearch(transcriptJob.requested_by)),
  codes: student.number_key,
  texts: [transcriptJob.id, transcriptJob.student_id, transcriptJob.issue_id, transcriptJob.error_code, asker],
  orderings: { created_at: transcriptJob.created_at, id: transcriptJob.id },
  defaultOrdering: '-created_at',
  filters: {
    student_id: byId(transcriptJob.student_id),
    status: byOneOf(transcriptJob.status, transcriptJobStates.words),
    created_at: byInstant(transcriptJob.created_at),
  },
})

/** One job of a student whom the caller may see. */
export async function findJob(ctx: Context, id: string) {
  const [job] = await jobs(ctx.db).where(and(eq(transcriptJob.id, id), visibleJobs(ctx)))
  if (!job) throw new ApiError(errors.TRANSCRIPT_JOB_NOT_FOUND, { id })
  return job
}

/** How many jobs are not done. */
export const jobsQueued = (db: Database) =>
  db
    .select({ found: count() })
    .from(transcriptJob)
    .where(inArray(transcriptJob.status, ['queued', 'rendering']))
