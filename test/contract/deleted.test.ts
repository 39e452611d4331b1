import type * as z from 'zod'
import { beforeAll, describe, expect, test } from 'vitest'
import { endpoints } from '#/wiring/endpoints.ts'
import type { Endpoint } from '#/platform/http/endpoint.ts'
import { call, type Caller, type Method } from '../call.ts'
import { type Persona, type World, world } from '../world.ts'
import { samples } from './samples.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

/** Rows that can be deleted, by the name in their operation ids. */
const kinds = endpoints.flatMap((deletion) =>
  /^delete(?=[A-Z])/.test(deletion.id) ? [[deletion.id.slice('delete'.length), deletion] as const] : [],
)
const byId = new Map(endpoints.map((endpoint) => [endpoint.id, endpoint]))

/** The list of all rows of a kind stands at the address above them. */
const listOf = (deletion: Endpoint) =>
  endpoints.find(({ method, path }) => method === 'get' && path === deletion.path.replace(/\/:\w+$/, ''))!

/** What the newest rows of a list are called in their addresses. */
async function listed(caller: Caller, { path, query }: Endpoint): Promise<string[]> {
  const isPaged = 'page_size' in ((query as z.ZodObject | undefined)?.shape ?? {})
  const { data } = await call(caller, 'GET', `${path}${isPaged ? '?ordering=-id&page_size=200' : ''}`)
  return (data as { items: { id?: number; name?: string }[] }).items.map(({ id, name }) => String(id ?? name))
}

describe.each(kinds)('a deleted %s', (kind, deletion) => {
  test('is not there for anything but restoring it', async () => {
    const { path, as = admin } = await samples[deletion.id]!(w)
    const row = path.split('/').at(-1)!
    expect(await listed(as, listOf(deletion))).toContain(row)
    expect((await call(as, 'DELETE', path)).status).toBe(204)
    for (const verb of ['get', 'update', 'replace', 'delete']) {
      const endpoint = byId.get(`${verb}${kind}`)
      if (!endpoint) continue
      const { body, headers } = await samples[endpoint.id]!(w)
      const answer = await call(as, endpoint.method.toUpperCase() as Method, path, body, headers)
      expect([endpoint.id, answer.status, answer.error?.code]).toEqual([
        endpoint.id,
        404,
        expect.stringMatching(/_NOT_FOUND$/),
      ])
    }
    expect(await listed(as, listOf(deletion))).not.toContain(row)
  })
})

test('there are such rows', () => {
  expect(kinds.length).toBeGreaterThan(12)
})
