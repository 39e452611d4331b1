import type { Chapters } from '#/platform/http/endpoint.ts'
import type { ListSources } from '#/platform/list-source.ts'
import { exportEndpoints } from './export/routes.ts'
import { importEndpoints } from './import/routes.ts'
import { savedFilterEndpoints } from './saved-filter/routes.ts'
import { searchEndpoints } from './search/routes.ts'

export const endpoints: Chapters = {
  Imports: importEndpoints,
  Search: searchEndpoints,
}

/** Those that are made of the lists of all others. */
export const endpointsOver = (lists: ListSources): Chapters => ({
  'Saved filters': savedFilterEndpoints(lists),
  Exports: exportEndpoints(lists),
})
