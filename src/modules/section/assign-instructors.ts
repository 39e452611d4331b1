import { eq, sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { find } from '../../database/entity.ts'
import { write } from '../../database/write.ts'
import { findInstructors, sectionEntity } from './queries.ts'
import { sectionInstructor, sectionTable } from './table.ts'

/** Replaces the instructors of a section. From now on they, and only they, keep its gradebook. */
export async function assignInstructors(
  ctx: Context,
  { sectionId, user_ids }: { sectionId: number; user_ids: number[] },
) {
  const section = await find(ctx, sectionEntity, sectionId)
  const wanted = [...new Set(user_ids)]
  const { read } = await write(ctx, {
    change: ctx.db
      .update(sectionTable)
      .set({ version: section.version + 1, updated_at: ctx.now })
      .where(sql`${sectionTable.id} = ${sectionId} and ${sectionTable.version} = ${section.version}`),
    audit: { entity: 'section', id: sectionId, changes: { instructors: { new: wanted } } },
    also: [
      ctx.db.delete(sectionInstructor).where(eq(sectionInstructor.section_id, sectionId)),
      ...wanted.map((user_id) => ctx.db.insert(sectionInstructor).values({ section_id: sectionId, user_id })),
    ],
    read: findInstructors(ctx.db, sectionId),
  })
  return { instructors: read }
}
