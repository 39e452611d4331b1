import { endpoint } from '#/platform/http/endpoint.ts'
import { pageOf } from '#/platform/http/envelope.ts'
import { legacyQuery, listLegacy } from './queries.ts'
import { LegacyFinding } from './schema.ts'

export const legacyEndpoints = [
  endpoint({
    id: 'listLegacy',
    method: 'get',
    path: '/reports/legacy',
    summary: 'Older data that breaks newer rules, and what can be done about it',
    permission: 'legacy.read',
    query: legacyQuery,
    returns: pageOf(LegacyFinding),
  }).handle(({ ctx, query }) => listLegacy(ctx, query)),
]
