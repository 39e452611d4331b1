import type * as z from 'zod'
import type { ListSource, ListSources } from '#/platform/list-source.ts'
import type { Page } from '#/platform/database/list/list.ts'
import { shows } from '#/platform/fields.ts'
import { type Endpoint, fullPath } from '#/platform/http/endpoint.ts'
import { noDevice } from '#/platform/http/request/device-cookie.ts'
import { noCookie } from '#/platform/http/request/refresh-cookie.ts'

/** The lists among these operations. */
export const listsOf = (endpoints: readonly Endpoint[]): ListSources =>
  Object.fromEntries(
    endpoints.filter(isList).map((endpoint) => [endpoint.path.slice(1).replaceAll('/', '-'), sourceOf(endpoint)]),
  )

const isList = ({ method, query }: Endpoint) =>
  method === 'get' && query !== undefined && 'page_size' in ((query as z.ZodObject).shape ?? {})

function sourceOf(endpoint: Endpoint): ListSource {
  const page = endpoint.returns as z.ZodObject<{ items: z.ZodArray<z.ZodObject> }>
  return {
    path: fullPath(endpoint),
    permission: endpoint.permission,
    query: endpoint.query as z.ZodObject,
    columns: (role) =>
      Object.entries(page.shape.items.element.shape).flatMap(([name, field]) => (shows(field, role) ? [name] : [])),
    read: async (ctx, query) =>
      endpoint.present(
        await endpoint.handle({
          ctx,
          params: undefined,
          query,
          body: undefined,
          upload: undefined,
          cookie: noCookie,
          device: noDevice,
        }),
        ctx.actor.role,
      ) as Page<Record<string, unknown>>,
  }
}
