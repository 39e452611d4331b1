import { METHOD_NAME_ALL, type Params, type Result, type Router } from 'hono/router'
import { RegExpRouter } from 'hono/router/reg-exp-router'
import { SmartRouter } from 'hono/router/smart-router'
import { TrieRouter } from 'hono/router/trie-router'

/**
 * Hono's quick router cannot tell `/transcripts/jobs/:id` from `/transcripts/:student_id` and then leaves all routes to its slow one. So what has no
 * parameter is looked up here, and the rest has a router for each chapter (what follows `/api/v1/`, or the first segment) and number of segments.
 */
export class ChapterRouter<T> implements Router<T> {
  readonly name = 'ChapterRouter'
  /** By method and address. */
  readonly #literal = new Map<string, Map<string, [T, Params][]>>()
  readonly #chapters = new Map<string, Router<T>[]>()
  /** Answers where there is nothing: it knows only what runs everywhere. */
  readonly #elsewhere = quickest<T>()
  /** What runs everywhere, in its order. */
  readonly #everywhere: T[] = []

  add(method: string, path: string, handler: T) {
    if (path === '*' || path === '/*') this.#addEverywhere(handler)
    else if (path.includes('/:')) this.#routerOf(path).add(method, path, handler)
    else this.#literalsOf(method, path).push([handler, nothing])
  }

  match(method: string, path: string): Result<T> {
    const literal = this.#literal.get(method)?.get(path)
    if (literal) return [literal]
    return (this.#chapters.get(chapterOf(path))?.[segmentsOf(path)] ?? this.#elsewhere).match(method, path)
  }

  /** Only for whatever is added later, as Hono has it for an order of routes. */
  #addEverywhere(handler: T) {
    this.#everywhere.push(handler)
    for (const router of [this.#elsewhere, ...[...this.#chapters.values()].flat()])
      router?.add(METHOD_NAME_ALL, '/*', handler)
    for (const paths of this.#literal.values()) for (const found of paths.values()) found.push([handler, nothing])
  }

  #literalsOf(method: string, path: string): [T, Params][] {
    const paths = this.#literal.get(method) ?? new Map<string, [T, Params][]>()
    const found = paths.get(path) ?? this.#everywhere.map((handler): [T, Params] => [handler, nothing])
    this.#literal.set(method, paths.set(path, found))
    return found
  }

  #routerOf(path: string): Router<T> {
    const chapter = this.#chapters.get(chapterOf(path)) ?? []
    const router = (chapter[segmentsOf(path)] ??= quickest<T>(this.#everywhere))
    this.#chapters.set(chapterOf(path), chapter)
    return router
  }
}

const nothing: Params = {}

function quickest<T>(everywhere: readonly T[] = []): Router<T> {
  const router = new SmartRouter<T>({ routers: [new RegExpRouter(), new TrieRouter()] })
  for (const handler of everywhere) router.add(METHOD_NAME_ALL, '/*', handler)
  return router
}

const prefix = '/api/v1/'

function chapterOf(path: string): string {
  const start = path.startsWith(prefix) ? prefix.length : 1
  const end = path.indexOf('/', start)
  return end < 0 ? path.slice(start) : path.slice(start, end)
}

function segmentsOf(path: string): number {
  let segments = 0
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) segments += 1
  return segments
}
