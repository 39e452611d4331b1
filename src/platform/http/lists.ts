import type * as z from 'zod'
import type { Actor, Context } from '#/platform/context.ts'
import type { Page } from '#/platform/database/list.ts'
import { shows } from '#/platform/fields.ts'
import type { Permission } from '#/platform/policy.ts'
import { type Endpoint, fullPath } from './endpoint.ts'
import { noCookie } from './refresh-cookie.ts'

/** A list operation as others build on it. */
export interface ListSource {
  path: string
  permission: Permission
  /** The parameters it takes; strict. */
  query: z.ZodObject
  /** The fields of its rows that somebody with this role gets. */
  columns: (role: Actor['role']) => string[]
  /** One page, as the list itself would answer `query`, which must have been validated. */
  read: (ctx: Context, query: object) => Promise<Page<Record<string, unknown>>>
}

/** The lists among these operations under the words of their paths: `students`, `audit-logs`. */
export const listsOf = (endpoints: readonly Endpoint[]): Record<string, ListSource> =>
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
        await endpoint.handle({ ctx, params: undefined, query, body: undefined, upload: undefined, cookie: noCookie }),
        ctx.actor.role,
      ) as Page<Record<string, unknown>>,
  }
}
