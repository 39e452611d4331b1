import type { Params, Result, Router } from 'hono/router'
import { RegExpRouter } from 'hono/router/reg-exp-router'
import { SmartRouter } from 'hono/router/smart-router'
import { TrieRouter } from 'hono/router/trie-router'

export interface Route<T> {
  method: string
  path: string
  handler: T
}

/** Looks up addresses without parameters. The rest has a router for each number of segments, where the quick one can tell most of them apart. */
export class SplitRouter<T> {
  readonly #literal = new Map<string, Result<T>>()
  readonly #bySegments = new Map<number, Router<T>>()
  readonly #elsewhere: Router<T>

  constructor(routes: readonly Route<T>[]) {
    const own = routes.filter((route) => !isEverywhere(route))
    for (const { method, path } of own.filter(isLiteral)) {
      const here = among(routes, (route) => route.method === method && route.path === path)
      this.#literal.set(`${method} ${path}`, [here.map(({ handler }) => [handler, noParams])])
    }
    const rest = Map.groupBy(
      own.filter((route) => !isLiteral(route)),
      ({ path }) => segmentsOf(path),
    )
    for (const [segments, some] of rest)
      this.#bySegments.set(segments, smartRouter(among(routes, (route) => some.includes(route))))
    this.#elsewhere = smartRouter(routes.filter(isEverywhere))
  }

  match(method: string, path: string): Result<T> {
    const literal = this.#literal.get(`${method} ${path}`)
    return literal ?? (this.#bySegments.get(segmentsOf(path)) ?? this.#elsewhere).match(method, path)
  }
}

/** Those that are wanted, between those that run everywhere. */
export const among = <T>(routes: readonly Route<T>[], isWanted: (route: Route<T>) => boolean) =>
  routes.filter((route) => isEverywhere(route) || isWanted(route))

export const isEverywhere = ({ path }: Route<unknown>) => path === '*' || path === '/*'
const isLiteral = ({ path }: Route<unknown>) => !path.includes('/:')
const noParams: Params = {}

function smartRouter<T>(routes: readonly Route<T>[]): Router<T> {
  const router = new SmartRouter<T>({ routers: [new RegExpRouter(), new TrieRouter()] })
  for (const { method, path, handler } of routes) router.add(method, path, handler)
  return router
}

function segmentsOf(path: string): number {
  let segments = 0
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) segments += 1
  return segments
}
