import { textOf } from '#/platform/database/list/text-of.ts'
import { program, programTable } from '#/catalog/program/table.ts'
import { eq, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { shown } from '#/platform/database/columns.ts'
import { inMany } from '#/platform/database/in-many.ts'
import type { Database } from '#/platform/database/connect.ts'
import { entity, find } from '#/platform/database/write/entity.ts'
import { there, unlikeIdentifier } from '#/platform/database/rule/rule.ts'
import { byCodeOf, byId, byIdentifier, byNumber, byPresence } from '#/platform/database/list/filters.ts'
import { list } from '#/platform/database/list/list.ts'
import { ApiError } from '#/platform/errors.ts'
import { searchable } from '#/platform/text/search.ts'
import type { Asked } from './circle.ts'
import { requirementGroups } from './rules.ts'
import { course, courseRequirement, courseTable, evaluationRule } from './table.ts'
import { errors } from './errors.ts'

const programCode = textOf(course.program_id, programTable, programTable.code)
const programCodeKey = textOf(course.program_id, programTable, programTable.code_key)

const fields = { ...shown(course), program_code: programCode.as('program_code') }
const rows = (db: Database) => db.select(fields).from(course).$dynamic()

export const courseEntity = entity({
  name: 'course',
  table: courseTable,
  rows,
  id: course.id,
  notFound: errors.COURSE_NOT_FOUND,
  findable: ({ code, title, title_el }) => [code, title, title_el],
  identifier: 'code',
  rules: [
    unlikeIdentifier(errors.COURSE_CODE_TAKEN, course, 'code'),
    there(errors.COURSE_PROGRAM_NOT_FOUND, 'program_id', program.id, program),
  ],
})

export const findCourse = (ctx: Context, id: number) => find(ctx, courseEntity, id)

export const courseList = list({
  rows,
  id: course.id,
  search: course.search_text,
  codes: searchable(course.code_key, programCodeKey),
  texts: [course.id, course.program_id, programCode],
  orderings: {
    id: course.id,
    code: course.code,
    title: course.title,
    credits: course.credits,
    created_at: course.created_at,
  },
  defaultOrdering: 'code',
  filters: {
    code: byIdentifier(course.code, course.code_key),
    program_id: byId(course.program_id),
    program_code: byCodeOf(course.program_id, programTable),
    credits: byNumber(course.credits),
    archived: byPresence(course.archived_at, false),
  },
})

export const findRequirementRows = (db: Database, courseId: number) =>
  db
    .select({
      kind: courseRequirement.kind,
      group_number: courseRequirement.group_number,
      required_course_id: courseRequirement.required_course_id,
      minimum_percentage: courseRequirement.minimum_percentage,
      course_code: courseTable.code,
    })
    .from(courseRequirement)
    .innerJoin(courseTable, eq(courseTable.id, courseRequirement.required_course_id))
    .where(eq(courseRequirement.course_id, courseId))
    .orderBy(courseRequirement.kind, courseRequirement.group_number, courseRequirement.required_course_id)

/** What rests beside a rule, for the category that is made of it: as that of `categoryEntity`. */
export const ruleDerivation = {
  table: evaluationRule,
  findable: ({ name, name_el }: { name: string; name_el: string | null }) => [name, name_el],
  identifier: 'name',
} as const

export const findRuleRows = (db: Database, courseId: number) =>
  db
    .select({
      name: evaluationRule.name,
      name_el: evaluationRule.name_el,
      weight: evaluationRule.weight,
      aggregation: evaluationRule.aggregation,
      drop_lowest: evaluationRule.drop_lowest,
      kind: evaluationRule.kind,
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

/** What a course asks for. */
export async function readRequirements(ctx: Context, id: number) {
  const courses = ctx.db.select({ id: course.id }).from(course).where(eq(course.id, id))
  const [[found], asked] = await ctx.db.batch([courses, findRequirementRows(ctx.db, id)])
  if (!found) throw new ApiError(errors.COURSE_NOT_FOUND, { id })
  return requirementGroups(asked)
}

/** These courses and all that they ask for, on and on, but by way of `courseId`. */
const reached = (ids: readonly number[], courseId: number) => sql`(
  with recursive reached (id) as (
    select value from json_each(${JSON.stringify(ids)})
    union
    select ${courseRequirement.required_course_id} from ${courseRequirement}
    join reached on reached.id = ${courseRequirement.course_id} where reached.id <> ${courseId}
  )
  select id from reached where id <> ${courseId}
)`

const askedBy = ({ db }: Context, ids: readonly number[], courseId: number) =>
  db
    .select({
      course_id: courseRequirement.course_id,
      kind: courseRequirement.kind,
      group_number: courseRequirement.group_number,
      required_course_id: courseRequirement.required_course_id,
    })
    .from(courseRequirement)
    .where(sql`${courseRequirement.course_id} in ${reached(ids, courseId)}`)
    .orderBy(
      courseRequirement.course_id,
      courseRequirement.kind,
      courseRequirement.group_number,
      courseRequirement.required_course_id,
    )

/** A course with what it asks for, the codes of these others, and what they ask for, on and on: one round trip. */
export async function findRequirements(ctx: Context, id: number, ids: readonly number[]) {
  const { db } = ctx
  const [[found], asked, codes, further] = await db.batch([
    courseEntity.rows(db).where(eq(course.id, id)),
    findRequirementRows(db, id),
    codesOf(ctx, ids),
    askedBy(ctx, ids, id),
  ])
  if (!found) throw new ApiError(errors.COURSE_NOT_FOUND, { id })
  return { course: found, requirements: requirementGroups(asked), codes, further }
}

/** That nobody has changed since then what these ask for, on and on: the circle was judged by it. */
export const stillAsked = (ids: readonly number[], courseId: number, further: readonly Asked[]) => {
  const { course_id, kind, group_number, required_course_id } = courseRequirement
  const then = JSON.stringify(further.map((row) => [row.course_id, row.kind, row.group_number, row.required_course_id]))
  return sql`(select coalesce(json_group_array(json_array(${course_id}, ${kind}, ${group_number}, ${required_course_id})
      order by ${course_id}, ${kind}, ${group_number}, ${required_course_id}), '[]')
    from ${courseRequirement} where ${course_id} in ${reached(ids, courseId)}) = ${then}`
}

const codesOf = ({ db }: Context, ids: readonly number[]) =>
  db.select({ id: course.id, code: course.code }).from(course).where(inMany(course.id, ids))

export const findCodes = async (ctx: Context, ids: readonly number[]) =>
  new Map((await codesOf(ctx, ids)).map(({ id, code }) => [id, code]))
