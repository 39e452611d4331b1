import type { Context } from '#/platform/context.ts'
import { find, update } from '#/platform/database/write/entity.ts'
import type { ListSources } from '#/platform/list-source.ts'
import { filterEntity, withPath } from './queries.ts'
import { requireQuery } from './require-query.ts'
import type { FilterChanges } from './schema.ts'

export async function updateFilter(ctx: Context, lists: ListSources, id: number, changes: FilterChanges) {
  const row = await find(ctx, filterEntity, id)
  requireQuery(ctx, lists, { entity: changes.entity ?? row.entity, query: changes.query ?? row.query })
  return withPath(lists, await update(ctx, filterEntity, row, changes))
}
