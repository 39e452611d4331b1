import { eq, sql } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { inMany } from '#/platform/database/in-many.ts'
import { ApiError } from '#/platform/errors.ts'
import type { Asked } from './circle.ts'
import { courseEntity, findRequirementRows } from './queries.ts'
import { requirementGroups } from './rules.ts'
import { course, courseRequirement } from './table.ts'
import { errors } from './errors.ts'

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
