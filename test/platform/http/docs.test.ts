import { beforeAll, describe, expect, test } from 'vitest'
import { persona, testEnv } from '../../world.ts'
import { serve } from './serve.ts'

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
