import type { ListSources } from '#/platform/list-source.ts'
import { resource } from '#/platform/http/resource.ts'
import { createFilter } from './create-filter.ts'
import { errors } from './errors.ts'
import { filterEntity, filtersFor, findFilter } from './queries.ts'
import { takenQuery } from './require-query.ts'
import { restoreFilter } from './restore-filter.ts'
import { inputsFor, SavedFilter } from './schema.ts'
import { updateFilter } from './update-filter.ts'

/** Filters for these lists. A query is what the list itself takes, looked at when it is saved. */
export function savedFilterEndpoints(lists: ListSources) {
  const { SavedFilterInput, SavedFilterChanges } = inputsFor(Object.keys(lists))
  return resource({
    noun: 'saved_filter',
    names: ['SavedFilter', 'SavedFilters'],
    path: '/saved-filters',
    entity: filterEntity,
    list: filtersFor(lists),
    row: SavedFilter,
    input: SavedFilterInput,
    changes: SavedFilterChanges,
    rules: [takenQuery(lists)],
    errors: { write: [errors.SAVED_FILTER_NAME_TAKEN] },
    get: (ctx, id) => findFilter(ctx, lists, id),
    create: (ctx, input) => createFilter(ctx, lists, input),
    update: (ctx, id, changes) => updateFilter(ctx, lists, id, changes),
    restore: (ctx, id) => restoreFilter(ctx, lists, id),
  })
}
