import { eq } from 'drizzle-orm'
import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { demandVersion } from '#/platform/database/write/entity.ts'
import { replaceParts } from '#/platform/database/write/replace-parts.ts'
import { courseEntity, findRequirementRows, findRequirements } from './queries.ts'
import { requirementGroups, requirementRows } from './rules.ts'
import type { Requirements } from './schema.ts'
import { courseRequirement } from './table.ts'

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
  })
  return requirementGroups(read)
}
