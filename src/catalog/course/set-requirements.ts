import { eq } from 'drizzle-orm'
import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { demandVersion } from '#/platform/database/write/entity.ts'
import { inMany } from '#/platform/database/in-many.ts'
import { namingMissing } from '#/platform/database/rule/naming-missing.ts'
import { replaceParts } from '#/platform/database/write/replace-parts.ts'
import { courseEntity, findRequirementRows, findRequirements } from './queries.ts'
import { requirementGroups, requirementRows } from './rules.ts'
import type { Requirements } from './schema.ts'
import { course, courseRequirement } from './table.ts'
import { errors } from './errors.ts'

const namedIn = (wanted: z.output<typeof Requirements>) =>
  (['prerequisites', 'corequisites'] as const).flatMap((kind) =>
    wanted[kind].flatMap(({ any_of }, group) =>
      any_of.map(({ course_id }, place) => ({ path: `${kind}.${group}.any_of.${place}.course_id`, id: course_id })),
    ),
  )

/** Replaces what a course asks for. It holds for enrollments from now on. */
export async function setRequirements(ctx: Context, courseId: number, wanted: z.output<typeof Requirements>) {
  const { course: found, requirements: before } = await findRequirements(ctx, courseId)
  demandVersion(ctx, found)
  if (JSON.stringify(before) === JSON.stringify(wanted)) return before
  const { read } = await replaceParts(ctx, courseEntity, found, {
    name: 'requirements',
    before,
    wanted,
    also: [
      ctx.db.delete(courseRequirement).where(eq(courseRequirement.course_id, courseId)),
      ...requirementRows(courseId, wanted).map((row) => ctx.db.insert(courseRequirement).values(row)),
    ],
    read: findRequirementRows(ctx.db, courseId),
  }).catch(
    namingMissing(ctx, errors.REQUIRED_COURSE_NOT_FOUND, namedIn(wanted), (ids) =>
      ctx.db.select({ id: course.id }).from(course).where(inMany(course.id, ids)),
    ),
  )
  return requirementGroups(read)
}
