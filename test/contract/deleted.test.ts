import { beforeAll, describe, expect, test } from 'vitest'
import { endpoints } from '#/wiring/endpoints.ts'
import { call, type Method } from '../call.ts'
import { type Persona, type World, world } from '../world.ts'
import { samples } from './samples.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

/** Rows that can be deleted, by the name in their operation ids. */
const kinds = endpoints.flatMap(({ id }) => (/^delete(?=[A-Z])/.test(id) ? [id.slice('delete'.length)] : []))
const byId = new Map(endpoints.map((endpoint) => [endpoint.id, endpoint]))

describe.each(kinds)('a deleted %s', (kind) => {
  test('is not there for anything but restoring it', async () => {
    const { path, as = admin } = await samples[`delete${kind}`]!(w)
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
    const list = byId.get(`list${kind}s`)
    if (list?.query)
      expect(
        JSON.stringify((await call(as, 'GET', `${list.path}?ordering=-id&page_size=200`)).data.items),
      ).not.toContain(`"id":${path.split('/').at(-1)},`)
  })
})

test('there are such rows', () => {
  expect(kinds.length).toBeGreaterThan(12)
})
