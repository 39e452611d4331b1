import type { Context } from '#/platform/context.ts'
import { find, insert, restore, softDelete, update } from '#/platform/database/entity.ts'
import { ApiError } from '#/platform/errors.ts'
import type { ListSource } from '#/platform/http/lists.ts'
import { resource } from '#/platform/http/resource.ts'
import { requireValid } from '#/platform/http/validate.ts'
import { reachOf } from '#/platform/policy.ts'
import { type Role } from '#/platform/words.ts'
import { savedFilterEntity, savedFilterList } from './queries.ts'
import { inputsFor, SavedFilter } from './schema.ts'
import { errors } from './errors.ts'
import { sharedErrors } from '#/platform/shared-errors.ts'

interface Filter {
  entity: string
  query: Record<string, string>
}

/** Filters for these lists. A query is what the list itself takes, looked at when it is saved. */
export function savedFilterEndpoints(lists: Record<string, ListSource>) {
  const { SavedFilterInput, SavedFilterChanges } = inputsFor(Object.keys(lists))

  async function requireQuery(ctx: Context, { entity, query }: Filter) {
    const list = lists[entity]
    if (!list || !reachOf(list.permission, ctx.actor.role as Role)) throw new ApiError(sharedErrors.HTTP_403)
    await requireValid('body.query', list.query, query, ctx)
  }

  const withPath = <Row extends Filter>(row: Row) => {
    const parameters = new URLSearchParams(row.query).toString()
    const list = lists[row.entity]
    return { ...row, path: list ? list.path + (parameters && `?${parameters}`) : null }
  }

  return resource({
    noun: 'saved_filter',
    names: ['SavedFilter', 'SavedFilters'],
    path: '/saved-filters',
    row: SavedFilter,
    query: savedFilterList.query,
    input: SavedFilterInput,
    changes: SavedFilterChanges,
    notFound: errors.SAVED_FILTER_NOT_FOUND,
    errors: { write: [errors.SAVED_FILTER_NAME_TAKEN] },
    list: async (ctx, query) => {
      const page = await savedFilterList.page(ctx, query)
      return { ...page, items: page.items.map(withPath) }
    },
    get: async (ctx, id) => withPath(await find(ctx, savedFilterEntity, id)),
    create: async (ctx, input) => {
      await requireQuery(ctx, input)
      return withPath(await insert(ctx, savedFilterEntity, { ...input, user_id: ctx.actor.id! }))
    },
    update: async (ctx, id, changes) => {
      const row = await find(ctx, savedFilterEntity, id)
      await requireQuery(ctx, { entity: changes.entity ?? row.entity, query: changes.query ?? row.query })
      return withPath(await update(ctx, savedFilterEntity, row, changes))
    },
    remove: (ctx, id) => softDelete(ctx, savedFilterEntity, id),
    restore: async (ctx, id) => withPath(await restore(ctx, savedFilterEntity, id)),
  })
}
