import { beforeAll, describe, expect, test } from 'vitest'
import { testEnv, type World, world } from '../../world.ts'
import { serveWith } from './serve.ts'

let w: World
let path: string
beforeAll(async () => {
  w = await world()
  path = `/api/v1/courses/${(await w.course()).id}`
})

/** An answer, and where the sessions of the database that it took began. */
async function asked(method: string, address: string, headers: Record<string, string> = {}) {
  const modes: (string | undefined)[] = []
  const withSession = (mode?: string) => {
    modes.push(mode)
    return testEnv.DB.withSession(mode)
  }
  const init = { method, headers: { authorization: `Bearer ${w.registrar.token}`, ...headers } }
  const body = method === 'PATCH' ? { body: JSON.stringify({ credits: 7 }) } : {}
  const response = await serveWith({ DB: { withSession } as unknown as D1Database }, address, { ...init, ...body })
  return { response, modes, text: await response.text() }
}

describe('HEAD', () => {
  test.each(['GET', 'HEAD'])('reads from the nearest copy of the database, as GET does (%s)', async (method) => {
    for (const address of [path, '/api/v1/courses', '/health/ready']) {
      const { response, modes } = await asked(method, address)
      expect([response.status, ...new Set(modes)]).toEqual([200, 'first-unconstrained'])
    }
  })

  test('reads no older state than the bookmark it brings; a write goes to the primary', async () => {
    const written = await asked('PATCH', path, { 'content-type': 'application/json' })
    expect([written.response.status, written.modes]).toEqual([200, ['first-primary']])
    const bookmark = written.response.headers.get('x-d1-bookmark')!
    expect((await asked('HEAD', path, { 'x-d1-bookmark': bookmark })).modes).toEqual([bookmark])
  })

  test('answers the status and the headers of GET without a body, 304 included', async () => {
    const [get, head] = [await asked('GET', path), await asked('HEAD', path)]
    const etag = get.response.headers.get('etag')!
    expect([head.text, head.response.headers.get('etag')]).toEqual(['', etag])
    for (const method of ['GET', 'HEAD'])
      expect((await asked(method, path, { 'if-none-match': etag })).response.status).toBe(304)
  })
})
