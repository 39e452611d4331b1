import { endpoint } from '#/platform/http/endpoint.ts'
import { SearchHits, SearchInput, SearchQuery } from './schema.ts'
import { searchEverything } from './search-everything.ts'

export const searchEndpoints = [
  endpoint({
    id: 'search',
    method: 'get',
    path: '/search',
    summary: 'Find students, courses, sections and programs',
    description:
      'Each caller finds what their lists hold. A Greek, Cyrillic or Georgian name is found by its Latin forms, and the other way round.',
    permission: 'search.read',
    query: SearchQuery,
    returns: SearchHits,
  }).handle(({ ctx, query }) => searchEverything(ctx, query)),

  endpoint({
    id: 'searchByBody',
    method: 'post',
    path: '/search',
    summary: 'The same with the words in the body; writes nothing',
    description: 'For people who type names: addresses rest in histories and logs, bodies do not.',
    permission: 'search.read',
    limit: 'read',
    body: SearchInput,
    returns: SearchHits,
  }).handle(({ ctx, body }) => searchEverything(ctx, body)),
]
