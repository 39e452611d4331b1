import type { Context } from '#/platform/context.ts'
import { insert } from '#/platform/database/write/entity.ts'
import type { ListSources } from '#/platform/list-source.ts'
import { filterEntity, withPath } from './queries.ts'
import { requireQuery } from './require-query.ts'
import type { FilterInput } from './schema.ts'

export async function createFilter(ctx: Context, lists: ListSources, input: FilterInput) {
  requireQuery(ctx, lists, input)
  return withPath(lists, await insert(ctx, filterEntity, { ...input, user_id: ctx.actor.id! }))
}
