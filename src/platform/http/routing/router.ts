import { type Result, type Router, UnsupportedPathError } from 'hono/router'
import { RegExpRouter } from 'hono/router/reg-exp-router'
import { among, isEverywhere, type Route, SplitRouter } from './split-router.ts'

type Matcher<T> = Pick<Router<T>, 'match'>

/**
 * A router for each chapter: what follows `/api/v1/`, or the first segment. Most are Hono's quick one. That cannot tell `/transcripts/jobs/:id`
 * from `/transcripts/:student_id`, so a chapter with such addresses is split once more.
 */
export class ChapterRouter<T> implements Router<T> {
  readonly name = 'ChapterRouter'
  readonly #routes: Route<T>[] = []
  /** Made when they are first asked for. */
  readonly #chapters = new Map<string, Matcher<T>>()

  add(method: string, path: string, handler: T) {
    if (this.#chapters.size > 0) throw new Error(`${method} ${path} comes after the first request`)
    this.#routes.push({ method, path, handler })
  }

  match(method: string, path: string): Result<T> {
    const name = chapterOf(path)
    return (this.#chapters.get(name) ?? this.#chapter(name)).match(method, path)
  }

  /** All chapters that there are not are one: addresses that callers make up must not fill the memory. */
  #chapter(name: string): Matcher<T> {
    const routes = among(this.#routes, ({ path }) => chapterOf(path) === name)
    const key = routes.every(isEverywhere) ? elsewhere : name
    const chapter = this.#chapters.get(key) ?? quickRouter(routes) ?? new SplitRouter(routes)
    this.#chapters.set(key, chapter)
    return chapter
  }
}

/** No chapter is called so: a name holds no slash. */
const elsewhere = '/'

/** Undefined where it refuses an address. */
function quickRouter<T>(routes: readonly Route<T>[]): Matcher<T> | undefined {
  const router = new RegExpRouter<T>()
  try {
    for (const { method, path, handler } of routes) router.add(method, path, handler)
    return router
  } catch (error) {
    if (error instanceof UnsupportedPathError) return undefined
    throw error
  }
}

const prefix = '/api/v1/'

function chapterOf(path: string): string {
  const start = path.startsWith(prefix) ? prefix.length : 1
  const end = path.indexOf('/', start)
  return end < 0 ? path.slice(start) : path.slice(start, end)
}
