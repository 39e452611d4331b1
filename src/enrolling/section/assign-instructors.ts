import { eq } from 'drizzle-orm'
import type { Context } from '#/platform/context.ts'
import { demandVersion } from '#/platform/database/write/entity.ts'
import { replaceParts } from '#/platform/database/write/replace-parts.ts'
import { sectionEntity, instructorsQuery, findInstructedSection } from './queries.ts'
import { sectionInstructor } from './table.ts'

/** Replaces the instructors of a section. From now on they, and only they, keep its gradebook. The same ones again write nothing. */
export async function assignInstructors(
  ctx: Context,
  { sectionId, user_ids }: { sectionId: number; user_ids: number[] },
) {
  const { section, instructors } = await findInstructedSection(ctx, sectionId)
  demandVersion(ctx, section)
  const before = instructors.map(({ user_id }) => user_id).toSorted((a, b) => a - b)
  const wanted = [...new Set(user_ids)].toSorted((a, b) => a - b)
  if (wanted.join() === before.join()) return { instructors }
  const read = await replaceParts(ctx, sectionEntity, section, {
    name: 'instructors',
    before,
    wanted,
    also: [
      ctx.db.delete(sectionInstructor).where(eq(sectionInstructor.section_id, sectionId)),
      ...wanted.map((user_id) => ctx.db.insert(sectionInstructor).values({ section_id: sectionId, user_id })),
    ],
    read: instructorsQuery(ctx, sectionId),
  })
  return { instructors: read }
}
