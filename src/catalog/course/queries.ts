import { textOf } from '#/platform/database/list/text-of.ts'
import { program, programTable } from '#/catalog/program/table.ts'
import { eq } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { shown } from '#/platform/database/columns.ts'
import type { Database } from '#/platform/database/connect.ts'
import { entity, find } from '#/platform/database/write/entity.ts'
import { there, unlikeIdentifier } from '#/platform/database/rule/rule.ts'
import { byCodeOf, byId, byIdentifier, byNumber, byPresence } from '#/platform/database/list/filters.ts'
import { list } from '#/platform/database/list/list.ts'
import { ApiError } from '#/platform/errors.ts'
import { searchable } from '#/platform/text/search.ts'
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

/** A course with what it asks for, in one round trip. */
export async function findRequirements(ctx: Context, id: number) {
  const courses = rows(ctx.db).where(eq(course.id, id))
  const [[found], asked] = await ctx.db.batch([courses, findRequirementRows(ctx.db, id)])
  if (!found) throw new ApiError(errors.COURSE_NOT_FOUND, { id })
  return { course: found, requirements: requirementGroups(asked) }
}

/** What it asks for, alone. */
export const readRequirements = async (ctx: Context, id: number) => (await findRequirements(ctx, id)).requirements
