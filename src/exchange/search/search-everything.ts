import type * as z from 'zod'
import type { Context } from '#/platform/context.ts'
import { searchWords } from '#/platform/text/fold.ts'
import { reachOf, type Permission } from '#/platform/policy.ts'
import { type Role } from '#/platform/words.ts'
import { findHits } from './queries.ts'
import { type SearchQuery, type Type, types } from './schema.ts'

/** The permission that reads the list of each type: whoever finds a row here finds it there. */
const permissions: Record<Type, Permission> = {
  students: 'student.read',
  courses: 'course.read',
  sections: 'section.read',
  programs: 'program.read',
}

/** Looks through several lists at once, each as far as the caller may read it: one round trip. */
export async function searchEverything(
  ctx: Context,
  { q, types: asked = [...types], limit }: z.output<typeof SearchQuery>,
) {
  const readable = types.flatMap((type) => {
    const reach = asked.includes(type) && reachOf(permissions[type], ctx.actor.role as Role)
    return reach ? [{ type, ctx: { ...ctx, reach }, text: q, limit }] : []
  })
  if (readable.length === 0 || searchWords(q).length === 0) return { hits: [] }
  const found = await findHits(ctx, readable)
  const hits = found.flatMap((rows, i) => rows.map((row) => ({ ...row, type: readable[i]!.type })))
  return {
    hits: hits
      .toSorted((a, b) => a.inside - b.inside)
      .map(({ inside, ...hit }) => ({ ...hit, match: inside ? ('partial' as const) : ('prefix' as const) })),
  }
}
