import { textOf } from '#/platform/database/list/text-of.ts'
import { and, eq, ne, notInArray, type SQL, sql } from 'drizzle-orm'
import { localDate } from '#/platform/clock.ts'
import type { Context } from '#/platform/context.ts'
import { shown } from '#/platform/database/columns.ts'
import type { Database } from '#/platform/database/connect.ts'
import { entity, find } from '#/platform/database/write/entity.ts'
import { asks, fits, needed, stays, there, unarchived } from '#/platform/database/rule/rule.ts'
import { byCodeOf, byId, byInstant, byOneOf, bySet, byText } from '#/platform/database/list/filters.ts'
import { list } from '#/platform/database/list/list.ts'
import { byPartsOfName } from '#/platform/database/list/orderings.ts'
import { searchable } from '#/platform/text/search.ts'
import { scope } from '#/platform/database/scope.ts'
import { ApiError } from '#/platform/errors.ts'
import { accountName, accountSearch, user } from '#/access/identity/table.ts'
import { archivedWithEmail, isPossibleBirth, studentErrors } from '#/people/student/index.ts'
import { program, programTable } from '#/catalog/program/table.ts'
import { term, termTable } from '#/catalog/term/table.ts'
import { studentTable } from '#/people/student/table.ts'
import { application, applicationTable } from './table.ts'
import { errors } from './errors.ts'
import { applicationStates } from '#/platform/words.ts'

const about = {
  account_name: accountName(application.user_id),
  program_code: textOf(application.program_id, programTable, programTable.code),
  program_title: textOf(application.program_id, programTable, programTable.title),
  program_title_el: textOf(application.program_id, programTable, programTable.title_el),
  term_code: textOf(application.term_id, termTable, termTable.code),
  decided_by_name: accountName(application.decided_by),
  student_number: textOf(application.student_id, studentTable, studentTable.student_number),
}

const fields = {
  ...shown(application),
  email: user.email,
  email_verified_at: user.email_verified_at,
  account_name: about.account_name.as('account_name'),
  program_code: about.program_code.as('program_code'),
  program_title: about.program_title.as('program_title'),
  program_title_el: about.program_title_el.as('program_title_el'),
  term_code: about.term_code.as('term_code'),
  decided_by_name: about.decided_by_name.as('decided_by_name'),
  student_number: about.student_number.as('student_number'),
}

const ofAccount = eq(user.id, application.user_id)
const rows = (db: Database) => db.select(fields).from(application).leftJoin(user, ofAccount).$dynamic()

/** Applicants see what their own account applied for. */
const visible = (ctx: Context) => scope(ctx, { student: () => eq(application.user_id, ctx.actor.id ?? 0) })

export const applicationEntity = entity({
  name: 'application',
  table: applicationTable,
  rows,
  id: application.id,
  visible,
  notFound: errors.APPLICATION_NOT_FOUND,
  findable: ({ last_name, first_name, latin_name, father_name, statement, note }) => [
    last_name,
    first_name,
    latin_name,
    father_name,
    statement,
    note,
  ],
  named: ['last_name', 'first_name'],
  rules: [
    asks(
      errors.APPLICATION_ACCOUNT_NOT_FOUND,
      ['user_id'],
      ({ user_id }, { ctx }) =>
        sql`not exists (select 1 from ${user} where ${and(eq(user.id, user_id as number), eq(user.role, 'student'), ownAccount(ctx))})`,
    ),
    {
      ...asks(errors.APPLICATION_EXISTS, ['program_id', 'term_id'], (row, { ctx, id }) => {
        const { user_id = ctx.actor.id, program_id, term_id } = row as Partial<typeof application.$inferSelect>
        const same = [
          eq(application.user_id, user_id!),
          eq(application.program_id, program_id!),
          eq(application.term_id, term_id!),
        ]
        const isOpen = notInArray(application.status, ['rejected', 'matriculated', 'withdrawn'])
        return sql`exists (select 1 from ${application} where ${and(...same, isOpen, ne(application.id, id), visible(ctx))})`
      }),
      beside: ['user_id'],
    },
    stays(errors.APPLICATION_ACCOUNT_FIXED, 'user_id'),
    needed(errors.APPLICATION_ACCOUNT_REQUIRED, 'user_id', ({ ctx }) => ctx.reach !== 'own'),
    there(errors.APPLICATION_PROGRAM_NOT_FOUND, 'program_id', program.id, program),
    unarchived(studentErrors.PROGRAM_ARCHIVED, 'program_id', program, program),
    there(errors.APPLICATION_TERM_NOT_FOUND, 'term_id', term.id, term),
    fits(
      studentErrors.NAME_MISSING,
      ['last_name', 'first_name'],
      ({ last_name, first_name }) => !last_name && !first_name,
    ),
    fits(
      studentErrors.BIRTH_DATE_UNLIKELY,
      ['date_of_birth'],
      ({ date_of_birth }, { ctx }) =>
        date_of_birth !== null && !isPossibleBirth(date_of_birth as string, localDate(ctx)),
    ),
  ],
})

/** Applicants hear of their own account alone. */
const ownAccount = (ctx: Context) => scope(ctx, { student: () => eq(user.id, ctx.actor.id ?? 0) })

const listed = { ...fields, sort_key: application.sort_key }

export const findApplication = (ctx: Context, id: number) => find(ctx, applicationEntity, id)

export const applicationList = list({
  rows: (db) => db.select(listed).from(application).leftJoin(user, ofAccount).$dynamic(),
  visible,
  id: application.id,
  counted: { table: 'application' },
  search: searchable(
    application.search_text,
    accountSearch(application.user_id),
    textOf(application.program_id, programTable, programTable.search_text),
    textOf(application.term_id, termTable, termTable.search_text),
    accountSearch(application.decided_by),
  ),
  codes: searchable(
    textOf(application.program_id, programTable, programTable.code_key),
    textOf(application.term_id, termTable, termTable.code_key),
    textOf(application.student_id, studentTable, studentTable.number_key),
  ),
  texts: [
    application.id,
    application.user_id,
    application.student_id,
    application.program_id,
    application.term_id,
    application.phone,
    application.father_name,
    application.statement,
    application.note,
    user.email,
    ...Object.values(about),
  ],
  orderings: {
    id: application.id,
    ...byPartsOfName(application),
    status: application.status,
    created_at: application.created_at,
    updated_at: application.updated_at,
  },
  defaultOrdering: '-created_at',
  filters: {
    user_id: byId(application.user_id),
    email: byText(user.email),
    email_verified: bySet(user.email_verified_at),
    program_id: byId(application.program_id),
    program_code: byCodeOf(application.program_id, programTable),
    term_id: byId(application.term_id),
    student_id: byId(application.student_id),
    status: byOneOf(application.status, applicationStates.words),
    submitted_at: byInstant(application.submitted_at),
    created_at: byInstant(application.created_at),
  },
})

/** An application with what its matriculation depends on, in one round trip. Throws APPLICATION_NOT_FOUND. */
export async function findMatriculation(ctx: Context, id: number) {
  const row = rows(ctx.db).where(and(eq(application.id, id), visible(ctx)))
  const facts = ctx.db
    .select({
      term_start: term.start_date,
      account_student: user.student_id,
      archived_student: archivedWithEmail(user.email).as('archived_student'),
    })
    .from(application)
    .innerJoin(term, eq(term.id, application.term_id))
    .innerJoin(user, and(eq(user.id, application.user_id), eq(user.role, 'student')))
    .where(eq(application.id, id))
  const [[found], [known]] = await ctx.db.batch([row, facts])
  if (!found) throw new ApiError(errors.APPLICATION_NOT_FOUND, { id })
  return { application: found, facts: known }
}

/** That the application is still what was read: the precondition of its matriculation. */
export const stillAccepted = ({ id, version }: { id: number; version: number }): SQL =>
  and(
    eq(applicationTable.id, id),
    eq(applicationTable.version, version),
    eq(applicationTable.status, 'accepted'),
  ) as SQL

export const applicationById = (db: Database, id: number) => rows(db).where(eq(application.id, id))
