import { Hono } from 'hono'
import type { Result, Router } from 'hono/router'
import { TrieRouter } from 'hono/router/trie-router'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { type Endpoint, endpoint, fullPath } from '#/platform/http/endpoint.ts'
import { mount } from '#/platform/http/mount.ts'
import { inOrder } from '#/platform/http/routing/chapters.ts'
import { routeOrder } from '#/platform/http/routing/route-order.ts'
import { ChapterRouter } from '#/platform/http/routing/router.ts'
import type { App } from '#/platform/http/request/request-state.ts'
import { endpoints } from '#/wiring/endpoints.ts'

const method = (one: Endpoint) => one.method.toUpperCase()

function fill<R extends Router<string>>(router: R, table: readonly Endpoint[]): R {
  router.add('ALL', '/*', 'everywhere')
  for (const one of routeOrder(table)) router.add(method(one), fullPath(one), one.id)
  return router
}

/** What runs for an address, with its parameters. */
function found([handlers, stash]: Result<string>) {
  return handlers.map(([handler, params]) => [
    handler,
    Object.fromEntries(
      Object.entries(params as Record<string, string | number>).map(([name, value]) => [
        name,
        typeof value === 'number' ? stash![value] : value,
      ]),
    ),
  ])
}

/** The first operation: whatever fits besides is never reached. */
const operationAt = (router: Router<string>, verb: string, path: string) =>
  found(router.match(verb, path)).find(([handler]) => handler !== 'everywhere')?.[0]

const addressOf = (one: Endpoint) => fullPath(one).replaceAll(/:\w+/g, '7')

/** Another order each time, the same in every run. */
function shuffled(table: readonly Endpoint[], seed: number): Endpoint[] {
  const rank = new Map(table.map(({ id }, i) => [id, Math.sin(seed * 1000 + i) * 10_000]))
  return table.toSorted((a, b) => (rank.get(a.id)! % 1) - (rank.get(b.id)! % 1))
}

const declared = (path: `/${string}`, verb: 'get' | 'post' = 'get', id = `${verb} ${path}`) =>
  endpoint({ id, method: verb, path, summary: '', permission: 'system.read', returns: z.string() }).handle(
    async () => id,
  )

describe('routes', () => {
  test('every operation is found at its address', () => {
    const router = fill(new ChapterRouter<string>(), endpoints)
    expect(endpoints.map((one) => operationAt(router, method(one), addressOf(one)))).toEqual(
      endpoints.map(({ id }) => id),
    )
  })

  test.each([1, 2, 3, 4, 5])('any order of the table routes the same (%i)', (seed) => {
    const table = shuffled(endpoints, seed)
    expect(table).not.toEqual(endpoints)
    const router = fill(new ChapterRouter<string>(), table)
    expect(endpoints.map((one) => operationAt(router, method(one), addressOf(one)))).toEqual(
      endpoints.map(({ id }) => id),
    )
  })

  test('the quick router finds what the plain one finds, with the same parameters, by every method', () => {
    const quick = fill(new ChapterRouter<string>(), endpoints)
    const plain = fill(new TrieRouter<string>(), endpoints)
    const addresses = new Set(endpoints.flatMap((one) => [addressOf(one), `${addressOf(one)}/x`, fullPath(one)]))
    const others = [
      '/',
      '/api',
      '/api/v1',
      '/api/v1/',
      '/api/v1/7',
      '/api/v2/students',
      '/students',
      '//',
      '/7/7/7/7/7/7/7',
    ]
    for (const path of [...addresses, ...others])
      for (const verb of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
        const [first, second] = [quick, plain].map((router) => found(router.match(verb, path)).slice(0, 2))
        expect(first, `${verb} ${path}`).toEqual(second)
      }
  })

  test('the leftmost literal segment decides', () => {
    const table = [
      declared('/a/:b/:c'),
      declared('/a/:b/c'),
      declared('/a/b/:c'),
      declared('/:a/b/c'),
      declared('/a/b/c'),
    ]
    for (const order of [table, table.toReversed()])
      expect(routeOrder(order).map(({ path }) => path)).toEqual(['/a/b/c', '/a/b/:c', '/a/:b/c', '/a/:b/:c', '/:a/b/c'])
  })

  test('a literal segment hides nothing from the methods that it does not have', () => {
    const router = fill(new ChapterRouter<string>(), [declared('/a/b'), declared('/a/:b'), declared('/a/:b', 'post')])
    expect(operationAt(router, 'GET', '/api/v1/a/b')).toBe('get /a/b')
    expect(operationAt(router, 'POST', '/api/v1/a/b')).toBe('post /a/:b')
    expect(operationAt(router, 'GET', '/api/v1/a/x')).toBe('get /a/:b')
  })

  test('what runs everywhere runs in its order, also when it comes after a route', () => {
    const router = new ChapterRouter<string>()
    router.add('ALL', '*', 'first')
    router.add('GET', '/a', 'literal')
    router.add('GET', '/a/:b', 'with a parameter')
    router.add('ALL', '/*', 'last')
    const names = (verb: string, path: string) => found(router.match(verb, path)).map(([name]) => name)
    expect(names('GET', '/a')).toEqual(['first', 'literal', 'last'])
    expect(names('GET', '/a/1')).toEqual(['first', 'with a parameter', 'last'])
    expect(names('POST', '/a')).toEqual(['first', 'last'])
    expect(() => router.add('GET', '/b', 'late')).toThrow('GET /b comes after the first request')
  })
})

describe('refused', () => {
  const mounting = (...table: Endpoint[]) => {
    mount(new Hono<App>({ router: new ChapterRouter() }), table, {} as never)
  }

  test('two operations at one address', () => {
    const table = [declared('/a/:b'), declared('/a/:b', 'get', 'another')]
    expect(() => mounting(...table)).toThrow('get /api/v1/a/:b is declared twice')
  })

  test('two addresses that only the name of a parameter tells apart', () => {
    const text = '/api/v1/a/:b/c and /api/v1/a/:id/c differ only in the name of a parameter'
    expect(() => mounting(declared('/a/:b/c'), declared('/a/:id/c'))).toThrow(text)
    expect(() => mounting(declared('/a/:b/c'), declared('/a/:id/c', 'post'))).toThrow(text)
  })

  test('nothing else', () => {
    expect(() => mounting(declared('/a/:b'), declared('/a/:b', 'post'), declared('/a/:id/c'))).not.toThrow()
  })
})

describe('the chapters of the reference', () => {
  const at = (id: string) => ({ ...endpoints[0]!, id })

  test('stand in their order, each with what all areas write in it', () => {
    const parts = [{ Terms: [at('a')], Courses: [at('b')] }, { Courses: [at('c')] }]
    const found = Object.entries(inOrder(['Courses', 'Terms'], parts))
    expect(found.map(([chapter, inside]) => [chapter, inside.map(({ id }) => id)])).toEqual([
      ['Courses', ['b', 'c']],
      ['Terms', ['a']],
    ])
  })

  test('leave none out without a word', () => {
    expect(() => inOrder(['Courses'], [{ Courses: [] }, { Rooms: [at('a')] }])).toThrow(
      'no place in the reference: Rooms',
    )
  })
})
