import { endpoint } from '#/platform/http/endpoint.ts'
import { SearchHits, SearchQuery } from './schema.ts'
import { searchEverything } from './search-everything.ts'

export const searchEndpoints = [
  endpoint({
    id: 'search',
    method: 'get',
    path: '/search',
    summary: 'Find students, courses, sections and programs',
    description:
      'Each caller finds what their lists hold. A Greek name is found by its Latin forms, and the other way round.',
    permission: 'search.read',
    query: SearchQuery,
    returns: SearchHits,
  }).handle(({ ctx, query }) => searchEverything(ctx, query)),
]
