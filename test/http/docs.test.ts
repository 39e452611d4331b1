import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { countRows, persona, testEnv } from '../world.ts'
import { serve, serveWith } from './serve.ts'

beforeAll(async () => {
  await persona('registrar')
})

/** Static files are answered before the worker is asked. */
const served = (path: string) =>
  path.startsWith('/docs-assets/') ? testEnv.ASSETS.fetch(`http://lyceum.test${path}`) : serve(path)

describe('the reference page', () => {
  const attributes = (html: string, name: string) =>
    [...html.matchAll(new RegExp(`\\b${name}="([^"]*)"`, 'g'))].map(([, value]) => value!)

  test('is a page of its own policy, whose nonce its scripts and styles carry', async () => {
    const answer = await serve('/docs')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const policy = answer.headers.get('content-security-policy')!
    const nonce = /script-src 'nonce-([\w-]{22})'/.exec(policy)![1]
    expect(policy).toMatch(/^default-src 'none'; /)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
    const html = await answer.text()
    expect([...new Set(attributes(html, 'nonce'))]).toEqual([nonce])
    expect(html.match(/<(script|style|link)\b/g)).toHaveLength(attributes(html, 'nonce').length)
  })

  test('has a new nonce each time', async () => {
    const nonces = await Promise.all(
      [1, 2].map(async () => (await serve('/docs')).headers.get('content-security-policy')),
    )
    expect(nonces[0]).not.toBe(nonces[1])
  })

  test('refers to nothing but what this deployment serves', async () => {
    const html = await (await serve('/docs')).text()
    expect(html).not.toMatch(/https?:\/\/|\/\/\w/)
    const addresses = [...attributes(html, 'src'), ...attributes(html, 'href'), /url: '([^']+)'/.exec(html)![1]!]
    expect(addresses).toHaveLength(3)
    for (const address of addresses) {
      expect(address).toMatch(/^\/\w/)
      expect([address, (await served(address)).status]).toEqual([address, 200])
    }
  })

  test.each([
    ['/docs-assets/swagger-ui.css', 'text/css'],
    ['/docs-assets/swagger-ui-bundle.js', 'javascript'],
  ])('%s is served with its type', async (path, type) => {
    const answer = await served(path)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toContain(type)
    expect((await answer.text()).length).toBeGreaterThan(10_000)
  })

  test('gives away no other file', async () => {
    for (const path of ['/docs-assets/', '/docs-assets/nothing.js', '/wrangler.toml', '/package.json']) {
      expect([path, (await served(path)).status]).toEqual([path, 404])
    }
  })
})

describe('the OpenAPI document', () => {
  test('is JSON that caches may keep', async () => {
    const answer = await serve('/openapi.json')
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('public, max-age=300')
    expect(await answer.json()).toMatchObject({ openapi: '3.1.0', info: { title: 'Lyceum' } })
  })
})

describe('the front page', () => {
  test('says what this is and where to go', async () => {
    const answer = await serve('/')
    const { data } = (await answer.json()) as { data: Record<string, string> }
    expect(data).toEqual({
      name: 'Lyceum',
      api: '/api/v1',
      reference: '/docs',
      openapi: '/openapi.json',
      health: '/health',
    })
    for (const path of ['reference', 'openapi', 'health']) expect((await serve(data[path]!)).status).toBe(200)
  })
})

describe('health', () => {
  const well = {
    status: 'ok',
    version: expect.any(String),
    components: { database: 'ok', queue: 'ok', storage: 'ok', rate_limiter: 'ok' },
  }
  const leaveMessage = (ageMs: number) =>
    testEnv.DB.prepare('insert into outbox values (?, ?, ?)')
      .bind('stuck', '{"type":"none"}', new Date(Date.now() - ageMs).toISOString())
      .run()
  afterEach(async () => {
    await testEnv.DB.prepare('delete from outbox').run()
  })

  test.each(['/health', '/healthz', '/health/ready'])('%s shows every part, unwrapped', async (path) => {
    const answer = await serve(path)
    expect([answer.status, await answer.json()]).toEqual([200, well])
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test('/health/live touches nothing', async () => {
    const answer = await serve('/health/live')
    expect(await answer.json()).toMatchObject({ success: true, data: { status: 'ok' } })
    expect(answer.headers.get('server-timing')).toContain('"0 queries in 0 round trips"')
  })

  test('a message that has waited for more than ten minutes means that the queue is down', async () => {
    await leaveMessage(11 * 60_000)
    const answer = await serve('/health')
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { ...well, status: 'degraded', components: { ...well.components, queue: 'down' } },
    ])
  })

  test('one that waits for less does not', async () => {
    await leaveMessage(9 * 60_000)
    expect(await (await serve('/health')).json()).toEqual(well)
  })

  test('without storage or limiter is degraded, and still 200', async () => {
    const storage = await serveWith({ DOCUMENTS: undefined } as object, '/health')
    expect([storage.status, await storage.json()]).toEqual([
      200,
      { ...well, status: 'degraded', components: { ...well.components, storage: 'down' } },
    ])
    const limiter = await serveWith({ GATE: undefined } as object, '/health')
    expect(((await limiter.json()) as { components: object }).components).toMatchObject({ rate_limiter: 'down' })
  })

  test('leaves no trace in the database', async () => {
    const before = await countRows('audit_log')
    await serve('/health')
    expect(await countRows('audit_log')).toBe(before)
  })
})
