import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { shown } from '#/platform/database/columns.ts'
import type { Database } from '#/platform/database/connect.ts'
import { inMany } from '#/platform/database/in-many.ts'
import { found } from '#/platform/database/rule/rule.ts'
import { entity, find } from '#/platform/database/write/entity.ts'
import { byId, byNumber, byOneOf, byText, byInstant } from '#/platform/database/list/filters.ts'
import { list } from '#/platform/database/list/list.ts'
import { scope } from '#/platform/database/scope.ts'
import { course } from '#/catalog/course/table.ts'
import { enrollment } from '#/enrolling/seat/table.ts'
import { scheme } from '#/catalog/scheme/table.ts'
import { keptSection, studentsOf } from '#/enrolling/seat/index.ts'
import { sectionSearch, teacherFilters, teaches } from '#/enrolling/section/index.ts'
import { ofDeletedSeat, section, sectionTable } from '#/enrolling/section/table.ts'
import { byStudentName, student, studentName } from '#/people/student/table.ts'
import { term } from '#/catalog/term/table.ts'
import { accountName, accountSearch } from '#/access/identity/table.ts'
import { searchable } from '#/platform/text/search.ts'
import { result, resultTable } from './table.ts'
import { errors } from './errors.ts'
import { outcomes, resultStates } from '#/platform/words.ts'

const offered = {
  code: sql<string>`coalesce(${result.code}, ${section.code})`,
  title: sql<string>`coalesce(${result.title}, ${section.title})`,
  title_el: sql<string | null>`iif(${result.code} is null, ${section.title_el}, ${result.title_el})`,
}

/** What the section was called: from the moment on that the result is official, whatever becomes of the section. */
export const offering = {
  code: offered.code.as('code'),
  title: offered.title.as('title'),
  title_el: offered.title_el.as('title_el'),
}

/** Those of the section, as a statement on results stores them; a W earns none. */
export const creditsOffered = sql`iif(${resultTable.outcome} = 'withdrawn', 0, (select ${sectionTable.credits} from ${sectionTable}
  where ${sectionTable.id} = ${resultTable.section_id}))`

const fields = {
  ...shown(result),
  ...offering,
  student_number: student.student_number,
  student_name: studentName,
  sort_key: student.sort_key,
  section_number: section.number,
  course_code: course.code,
  course_title: course.title,
  term_code: term.code,
  scheme: scheme.code,
  scale_max: scheme.scale_max,
  is_published: sql<boolean>`${result.state} <> 'draft'`.mapWith(Boolean).as('is_published'),
  published_by_name: accountName(result.published_by).as('published_by_name'),
  frozen_by_name: accountName(result.frozen_by).as('frozen_by_name'),
}

export const resultRows = (db: Database) =>
  db
    .select(fields)
    .from(result)
    .innerJoin(student, eq(student.id, result.student_id))
    .innerJoin(section, eq(section.id, result.section_id))
    .innerJoin(course, eq(course.id, section.course_id))
    .innerJoin(term, eq(term.id, section.term_id))
    .leftJoin(scheme, eq(scheme.id, result.scheme_id))
    .$dynamic()

/** The results of a section with what drafts rest on, and who has withdrawn from it for good, in one round trip. */
export async function findOutcomes(ctx: Context, sectionId: number) {
  const rows = ctx.db
    .select({ ...shown(result), basis: result.basis })
    .from(result)
    .innerJoin(student, eq(student.id, result.student_id))
    .where(eq(result.section_id, sectionId))
  const leavers = ctx.db
    .selectDistinct({ student_id: enrollment.student_id })
    .from(enrollment)
    .where(
      and(
        eq(enrollment.section_id, sectionId),
        eq(enrollment.status, 'withdrawn'),
        sql`${enrollment.student_id} not in ${studentsOf(sectionId)}`,
      ),
    )
  const [results, withdrawn] = await ctx.db.batch([rows, leavers])
  return { results, withdrawn }
}

/** The seats of these results: ids, as what follows the word `in`. */
export const seatsOf = (ids: readonly number[]) =>
  sql`(select ${enrollment.id} from ${enrollment} join ${result} on ${result.section_id} = ${enrollment.section_id}
    and ${result.student_id} = ${enrollment.student_id} where ${inMany(result.id, ids)})`

/** The seats that these results completed just now, for the audit row. */
export const seatsCompleted = ({ now }: Context, ids: readonly number[]) =>
  sql`json_object('completed', json_object('new', (select json_group_array(${enrollment.id}) from ${enrollment}
    join ${result} on ${result.section_id} = ${enrollment.section_id} and ${result.student_id} = ${enrollment.student_id}
    where ${enrollment.end_reason} = 'completed' and ${enrollment.updated_at} = ${now} and ${inMany(result.id, ids)})))`

/** Students see what is published of their own, faculty everything of their sections. */
const visible = (ctx: Context) =>
  scope(ctx, {
    faculty: () => teaches(ctx, result.section_id),
    student: () =>
      and(eq(result.student_id, ctx.actor.studentId ?? 0), inArray(result.state, ['published', 'frozen'])) as SQL,
  })

export const resultEntity = entity({
  name: 'result',
  table: resultTable,
  rows: resultRows,
  id: result.id,
  visible,
  notFound: errors.RESULT_NOT_FOUND,
})

/** What a body may name of results: one, or a section. */
export const targetRules = [found(resultEntity, 'result_id'), keptSection]

export const findResult = (ctx: Context, id: number) => find(ctx, resultEntity, id)

/** What letter and scheme of a result are found by. */
const asRepeated = sql`(select group_concat(value, ' ') from json_each(${scheme.word_texts}) where key in (${result.letter}, ${scheme.code}))`

export const resultList = list({
  rows: resultRows,
  visible,
  id: result.id,
  counted: { table: 'result', unseen: ofDeletedSeat },
  codes: searchable(student.number_key, course.code_key, term.code_key),
  search: searchable(
    student.search_text,
    sectionSearch,
    asRepeated,
    accountSearch(result.published_by),
    accountSearch(result.frozen_by),
  ),
  texts: [
    result.id,
    result.student_id,
    result.section_id,
    result.state,
    result.outcome,
    result.letter,
    scheme.code,
    section.number,
    offered.code,
    offered.title,
    offered.title_el,
    course.code,
    term.code,
  ],
  orderings: {
    id: result.id,
    percentage: result.percentage,
    student_number: student.student_number,
    student_name: byStudentName,
    course_code: course.code,
    updated_at: result.updated_at,
  },
  defaultOrdering: 'id',
  filters: {
    section_id: byId(result.section_id),
    ...teacherFilters(result.section_id),
    student_id: byId(result.student_id),
    term_id: byId(section.term_id),
    course_id: byId(section.course_id),
    state: byOneOf(result.state, resultStates.words),
    outcome: byOneOf(result.outcome, outcomes),
    letter: byText(result.letter),
    percentage: byNumber(result.percentage),
    published_at: byInstant(result.published_at),
    published_by: byId(result.published_by),
    frozen_at: byInstant(result.frozen_at),
    frozen_by: byId(result.frozen_by),
  },
})
