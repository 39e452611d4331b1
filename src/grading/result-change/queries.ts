import { and, asc, eq, getTableColumns, isNotNull, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { type Language, changeStates } from '#/platform/words.ts'
import type { Database } from '#/platform/database/connect.ts'
import { asks, found } from '#/platform/database/rule/rule.ts'
import { find } from '#/platform/database/write/entity.ts'
import { byId, byInstant, byOneOf } from '#/platform/database/list/filters.ts'
import { list } from '#/platform/database/list/list.ts'
import { whole } from '#/platform/database/list/whole.ts'
import { scope } from '#/platform/database/scope.ts'
import { ApiError } from '#/platform/errors.ts'
import { course } from '#/catalog/course/table.ts'
import { scheme } from '#/catalog/scheme/table.ts'
import { accountName, accountSearch, user } from '#/access/identity/table.ts'
import { searchable } from '#/platform/text/search.ts'
import { resultEntity } from '#/grading/result/index.ts'
import { result } from '#/grading/result/table.ts'
import { sectionSearch, teaches } from '#/enrolling/section/index.ts'
import { section } from '#/enrolling/section/table.ts'
import { byStudentName, student, studentName } from '#/people/student/table.ts'
import { term } from '#/catalog/term/table.ts'
import { resultChange, resultChangeApproval } from './table.ts'
import { errors } from './errors.ts'

const { change_id } = resultChangeApproval
const approvals = sql<number>`(select count(*) from ${resultChangeApproval} where ${change_id} = ${resultChange.id})`

interface Texts {
  reason: string
  old_letter: string
  new_letter: string
  note?: string | null
}

/** What a change is found by; the note of one that was approved is that of the last approval, and is found by it. */
export const changeTexts = {
  table: resultChange,
  findable: ({ reason, old_letter, new_letter, note }: Texts) => [reason, old_letter, new_letter, note],
}
export const approvalNote = { table: resultChangeApproval, findable: ({ note }: { note: string | null }) => [note] }

const { search_text: _derived, ...shownChange } = getTableColumns(resultChange)
const fields = {
  ...shownChange,
  student_id: result.student_id,
  section_id: result.section_id,
  student_number: student.student_number,
  student_name: studentName,
  sort_key: student.sort_key,
  section_number: section.number,
  course_code: course.code,
  term_code: term.code,
  approvals: approvals.as('approvals'),
  requested_by_name: accountName(resultChange.requested_by).as('requested_by_name'),
  resolved_by_name: accountName(resultChange.resolved_by).as('resolved_by_name'),
}

export const changeRows = (db: Database) =>
  db
    .select(fields)
    .from(resultChange)
    .innerJoin(result, eq(result.id, resultChange.result_id))
    .innerJoin(student, eq(student.id, result.student_id))
    .innerJoin(section, eq(section.id, result.section_id))
    .innerJoin(course, eq(course.id, section.course_id))
    .innerJoin(term, eq(term.id, section.term_id))
    .$dynamic()

/** Whom a change concerns and where mail reaches them: in the language of their account, English without one. Nobody while that is to prove its e-mail. */
export async function findAddressee(ctx: Context, changeId: number) {
  const [found] = await ctx.db
    .select({
      status: resultChange.status,
      email: student.email,
      full_name: sql<string>`trim(${student.first_name} || ' ' || ${student.last_name})`.as('full_name'),
      language: sql<Language>`coalesce(${user.language}, 'en')`.as('language'),
      course_code: course.code,
      term_code: term.code,
    })
    .from(resultChange)
    .innerJoin(result, eq(result.id, resultChange.result_id))
    .innerJoin(student, eq(student.id, result.student_id))
    .innerJoin(section, eq(section.id, result.section_id))
    .innerJoin(course, eq(course.id, section.course_id))
    .innerJoin(term, eq(term.id, section.term_id))
    .leftJoin(user, eq(user.student_id, student.id))
    .where(and(eq(resultChange.id, changeId), or(isNull(user.id), isNotNull(user.email_verified_at))))
  return found
}

/** Faculty see the changes of their sections, students what became of those of their own results. */
const visible = (ctx: Context) =>
  scope(ctx, {
    faculty: () => teaches(ctx, result.section_id),
    student: () => and(eq(result.student_id, ctx.actor.studentId ?? 0), ne(resultChange.status, 'pending')) as SQL,
  })

const lastNote = sql`(select ${resultChangeApproval.search_text} from ${resultChangeApproval}
  where ${change_id} = ${resultChange.id} and ${resultChangeApproval.user_id} = ${resultChange.resolved_by})`

export const changeList = list({
  rows: changeRows,
  visible,
  id: resultChange.id,
  codes: searchable(student.number_key, course.code_key, term.code_key),
  search: searchable(
    student.search_text,
    sectionSearch,
    resultChange.search_text,
    lastNote,
    accountSearch(resultChange.requested_by),
    accountSearch(resultChange.resolved_by),
  ),
  texts: [
    resultChange.id,
    resultChange.result_id,
    result.student_id,
    result.section_id,
    resultChange.status,
    resultChange.old_letter,
    resultChange.new_letter,
    resultChange.reason,
    resultChange.note,
    section.number,
    course.code,
    term.code,
  ],
  orderings: {
    id: resultChange.id,
    created_at: resultChange.created_at,
    student_number: student.student_number,
    student_name: byStudentName,
    course_code: course.code,
  },
  defaultOrdering: 'id',
  filters: {
    status: byOneOf(resultChange.status, changeStates.words),
    result_id: byId(resultChange.result_id),
    section_id: byId(result.section_id),
    student_id: byId(result.student_id),
    requested_by: byId(resultChange.requested_by),
    created_at: byInstant(resultChange.created_at),
  },
})

/** What a body that asks for a change names: a result, and a letter of its scheme. */
export const changeRules = [
  found(resultEntity, 'result_id'),
  asks(errors.GRADE_NOT_IN_SCHEME, ['new_grade', 'result_id'], ({ new_grade, result_id }, { ctx }) => {
    const isLetter = sql`exists (select 1 from json_each(${scheme.bands}) where value ->> 'letter' = ${new_grade})`
    return sql`exists (select 1 from ${result} join ${scheme} on ${scheme.id} = ${result.scheme_id}
      where ${and(eq(result.id, result_id as number), resultEntity.visible?.(ctx))} and not ${isLetter})`
  }),
]

/** A change that the caller may see. */
export const changeThere = asks(
  errors.RESULT_CHANGE_NOT_FOUND,
  ['change_id'],
  ({ change_id: id }, { ctx }) =>
    sql`not exists ${changeRows(ctx.db).where(and(eq(resultChange.id, id as number), visible(ctx)))}`,
)

/** One change that the caller may see. */
export async function findChange(ctx: Context, id: number) {
  const [change] = await changeRows(ctx.db).where(and(eq(resultChange.id, id), visible(ctx)))
  if (!change) throw new ApiError(errors.RESULT_CHANGE_NOT_FOUND, { id })
  return change
}

/** What became of a result that the caller may see since it was published: every change with who approved it, oldest first. */
export async function findHistory(ctx: Context, resultId: number) {
  const { id: result_id, state, published_at, frozen_at } = await find(ctx, resultEntity, resultId)
  const rows = changeRows(ctx.db)
    .where(and(eq(resultChange.result_id, result_id), visible(ctx)))
    .orderBy(asc(resultChange.id))
  const given = ctx.db
    .select({
      ...getTableColumns(resultChangeApproval),
      full_name: accountName(resultChangeApproval.user_id).as('full_name'),
    })
    .from(resultChangeApproval)
    .innerJoin(resultChange, eq(resultChange.id, resultChangeApproval.change_id))
    .where(eq(resultChange.result_id, result_id))
    .orderBy(asc(resultChangeApproval.id))
  const [changes, approvals] = await ctx.db.batch([rows, given])
  const approvalsOf = Map.groupBy(approvals, ({ change_id }) => change_id)
  return {
    result_id,
    state,
    published_at,
    frozen_at,
    ...whole(changes.map((change) => ({ ...change, approved_by: approvalsOf.get(change.id) ?? [] }))),
  }
}
