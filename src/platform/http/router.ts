import type { Result, Router } from 'hono/router'
import { RegExpRouter } from 'hono/router/reg-exp-router'
import { SmartRouter } from 'hono/router/smart-router'
import { TrieRouter } from 'hono/router/trie-router'

/**
 * One router for each chapter: what follows `/api/v1/`, or the first segment. Hono's quick router cannot tell `/transcripts/jobs/:id` from
 * `/transcripts/:student_id` and then leaves all routes to its slow one; so only the chapter that needs it is slow.
 */
export class ChapterRouter<T> implements Router<T> {
  readonly name = 'ChapterRouter'
  readonly #chapters = new Map<string, Router<T>>()
  /** Answers where there is no such chapter: it knows only what runs everywhere. */
  readonly #elsewhere = chapter<T>()
  /** Routes of every chapter, in their order. */
  readonly #everywhere: Parameters<Router<T>['add']>[] = []

  add(method: string, path: string, handler: T) {
    if (path === '*' || path === '/*') {
      this.#everywhere.push([method, path, handler])
      for (const router of [this.#elsewhere, ...this.#chapters.values()]) router.add(method, path, handler)
    } else {
      this.#chapterOf(path).add(method, path, handler)
    }
  }

  match(method: string, path: string): Result<T> {
    return (this.#chapters.get(chapterName(path)) ?? this.#elsewhere).match(method, path)
  }

  #chapterOf(path: string): Router<T> {
    const name = chapterName(path)
    const known = this.#chapters.get(name)
    if (known) return known
    const router = chapter<T>()
    for (const route of this.#everywhere) router.add(...route)
    this.#chapters.set(name, router)
    return router
  }
}

const chapter = <T>() => new SmartRouter<T>({ routers: [new RegExpRouter(), new TrieRouter()] })

const prefix = '/api/v1/'

function chapterName(path: string): string {
  const start = path.startsWith(prefix) ? prefix.length : 1
  const end = path.indexOf('/', start)
  return end < 0 ? path.slice(start) : path.slice(start, end)
}
