import { eq } from 'drizzle-orm'
import { type AcceptClashes, noneOf } from '#/catalog/clash/index.ts'
import { mindingClashes, ofInstructors, tellingClashes } from '#/enrolling/timetable/index.ts'
import type { Context } from '#/platform/context.ts'
import { demandVersion } from '#/platform/database/write/entity.ts'
import { replaceParts } from '#/platform/database/write/replace-parts.ts'
import { sectionEntity, instructorsQuery, findInstructedSection } from './queries.ts'
import { sectionInstructor } from './table.ts'

/** Replaces the instructors of a section. From now on they, and only they, keep its gradebook. The same ones again write nothing. */
export async function assignInstructors(
  ctx: Context,
  { sectionId, user_ids, ...asked }: { sectionId: number; user_ids: number[] } & AcceptClashes,
) {
  const { section, instructors } = await findInstructedSection(ctx, sectionId)
  demandVersion(ctx, section)
  const before = instructors.map(({ user_id }) => user_id).toSorted((a, b) => a - b)
  const wanted = [...new Set(user_ids)].toSorted((a, b) => a - b)
  if (wanted.join() === before.join()) return { instructors, ...noneOf(asked) }
  const sought = ofInstructors(
    sectionId,
    wanted.filter((id) => !before.includes(id)),
  )
  const { also = [], ...minding } = { also: [], ...mindingClashes(ctx, sought, asked) }
  const { read, answers } = await replaceParts(ctx, sectionEntity, section, {
    ...minding,
    name: 'instructors',
    before,
    wanted,
    also: [
      ...also,
      ctx.db.delete(sectionInstructor).where(eq(sectionInstructor.section_id, sectionId)),
      ...wanted.map((user_id) => ctx.db.insert(sectionInstructor).values({ section_id: sectionId, user_id })),
    ],
    read: instructorsQuery(ctx, sectionId),
  }).catch(tellingClashes(ctx, sought, asked))
  return { instructors: read, ...answers }
}
