import { eq, type SQL, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { shown } from '#/platform/database/columns.ts'
import type { Database } from '#/platform/database/connect.ts'
import { entity, find } from '#/platform/database/entity.ts'
import { byId, byNumber, byPresence, byText } from '#/platform/database/filters.ts'
import { list } from '#/platform/database/list.ts'
import { ApiError } from '#/platform/errors.ts'
import { requirementGroups } from './rules.ts'
import { course, courseRequirement, courseTable, evaluationRule } from './table.ts'
import { errors } from './errors.ts'

const fields = shown(course)
const rows = (db: Database) => db.select(fields).from(course).$dynamic()

export const courseEntity = entity({
  name: 'course',
  table: courseTable,
  rows,
  id: course.id,
  notFound: errors.COURSE_NOT_FOUND,
  findable: ({ code, title, title_el }) => [code, title, title_el],
})

export const findCourse = (ctx: Context, id: number) => find(ctx, courseEntity, id)

export const courseList = list({
  rows,
  id: course.id,
  search: course.search_text,
  orderings: {
    id: course.id,
    code: course.code,
    title: course.title,
    credits: course.credits,
    created_at: course.created_at,
  },
  defaultOrdering: 'code',
  filters: {
    code: byText(course.code),
    program_id: byId(course.program_id),
    credits: byNumber(course.credits),
    archived: byPresence(course.archived_at, false),
  },
})

export const findRequirementRows = (db: Database, courseId: number) =>
  db
    .select()
    .from(courseRequirement)
    .where(eq(courseRequirement.course_id, courseId))
    .orderBy(courseRequirement.kind, courseRequirement.group_number, courseRequirement.required_course_id)

export const findRuleRows = (db: Database, courseId: number) =>
  db
    .select({
      name: evaluationRule.name,
      name_el: evaluationRule.name_el,
      weight: evaluationRule.weight,
      aggregation: evaluationRule.aggregation,
      drop_lowest: evaluationRule.drop_lowest,
    })
    .from(evaluationRule)
    .where(eq(evaluationRule.course_id, courseId))
    .orderBy(evaluationRule.position)

/** A course with the rules that its new sections begin with, in one round trip. */
export async function findEvaluationRules(ctx: Context, id: number) {
  const courses = rows(ctx.db).where(eq(course.id, id))
  const [[found], rules] = await ctx.db.batch([courses, findRuleRows(ctx.db, id)])
  if (!found) throw new ApiError(errors.COURSE_NOT_FOUND, { id })
  return { course: found, rules }
}

/** A course with what it asks for, in one round trip. */
export async function findRequirements(ctx: Context, id: number) {
  const courses = rows(ctx.db).where(eq(course.id, id))
  const [[found], asked] = await ctx.db.batch([courses, findRequirementRows(ctx.db, id)])
  if (!found) throw new ApiError(errors.COURSE_NOT_FOUND, { id })
  return { course: found, requirements: requirementGroups(asked) }
}

/** What it asks for, alone. */
export const readRequirements = async (ctx: Context, id: number) => (await findRequirements(ctx, id)).requirements

/**
 * What the courses of `wanted` places (a relation of section_id and student_id) ask of each student, and whether they have it, for the
 * batch of a decision. A prerequisite is
 * met by a pass, or by sitting in it in an earlier term (the registration audit looks at those again); a corequisite also in the same term.
 */
export const requirementsOf = (ctx: Context, wanted: SQL) =>
  ctx.db
    .select({
      section_id: sql<number>`w.section_id`.as('section_id'),
      student_id: sql<number>`w.student_id`.as('student_id'),
      kind: courseRequirement.kind,
      group_number: courseRequirement.group_number,
      course_id: courseRequirement.required_course_id,
      course_code: course.code,
      is_met: sql<number>`exists (
        select 1 from live_result r join section rs on rs.id = r.section_id
        where r.student_id = w.student_id and rs.course_id = ${courseRequirement.required_course_id} and r.state <> 'draft'
          and r.outcome = 'pass' and r.percentage >= coalesce(${courseRequirement.minimum_percentage}, 0)
      ) or exists (
        select 1 from live_enrollment e join section es on es.id = e.section_id join term et on et.id = es.term_id
        where e.student_id = w.student_id and e.status = 'enrolled' and es.course_id = ${courseRequirement.required_course_id}
          and (et.start_date < tt.start_date or (${courseRequirement.kind} = 'corequisite' and et.id = tt.id))
          and not exists (select 1 from live_result r where r.student_id = w.student_id and r.section_id = es.id and r.state <> 'draft')
      )`.as('is_met'),
    })
    .from(courseRequirement)
    .innerJoin(sql`live_section target`, sql`target.course_id = ${courseRequirement.course_id}`)
    .innerJoin(sql`${wanted} w`, sql`w.section_id = target.id`)
    .innerJoin(sql`live_term tt`, sql`tt.id = target.term_id`)
    .innerJoin(course, eq(course.id, courseRequirement.required_course_id))
    .orderBy(courseRequirement.kind, courseRequirement.group_number, course.code)
