import type { Context } from '#/platform/context.ts'
import { setTermStatus } from '#/catalog/term/index.ts'
import { sumOf, unresolvedOf } from './queries.ts'

/** Takes no more enrollments in a term, and tells how many of its seats have no official result yet. */
export async function closeTerm(ctx: Context, id: number) {
  const [term, counts] = await Promise.all([setTermStatus(ctx, id, 'closed'), unresolvedOf(ctx, id)])
  return { ...term, unresolved: sumOf(counts) }
}
