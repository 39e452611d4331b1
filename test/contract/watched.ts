import type { Env } from '#/platform/env.ts'
import { testEnv } from '../world.ts'

/** Bindings under which a request says what it leaves behind: statements that changed the database, objects, messages and mails. */
export function watched(): { env: Env; left: string[] } {
  const left: string[] = []
  const inner = new WeakMap<object, D1PreparedStatement>()
  const note = <T extends { meta: D1Meta }>(text: string, result: T): T => {
    if (result.meta.rows_written > 0) left.push(text)
    return result
  }
  const statement = (real: D1PreparedStatement, text: string): D1PreparedStatement => {
    const wrapped = {
      bind: (...values: unknown[]) => statement(real.bind(...values), text),
      all: async () => note(text, await real.all()),
      run: async () => note(text, await real.run()),
    } as unknown as D1PreparedStatement
    inner.set(wrapped, real)
    texts.set(wrapped, text)
    return wrapped
  }
  const texts = new WeakMap<object, string>()
  const watching = (d1: Pick<D1DatabaseSession, 'prepare' | 'batch'>) => ({
    prepare: (text: string) => statement(d1.prepare(text), text),
    batch: async (list: D1PreparedStatement[]) => {
      const results = await d1.batch(list.map((one) => inner.get(one)!))
      results.forEach((result, i) => note(texts.get(list[i]!)!, result))
      return results
    },
  })
  const DB = {
    ...watching(testEnv.DB),
    withSession: (mode: string) => {
      const session = testEnv.DB.withSession(mode)
      return { ...watching(session), getBookmark: () => session.getBookmark() }
    },
  }
  const bucket = (name: 'DOCUMENTS' | 'BACKUPS') =>
    noting(testEnv[name], left, name, ['put', 'delete', 'createMultipartUpload'])
  const env = {
    ...testEnv,
    DB,
    DOCUMENTS: bucket('DOCUMENTS'),
    BACKUPS: bucket('BACKUPS'),
    ...Object.fromEntries(
      (['QUEUE', 'QUEUE_MAIL', 'QUEUE_BULK'] as const).map((name) => [
        name,
        noting(testEnv[name], left, name, ['send', 'sendBatch']),
      ]),
    ),
    MAIL: noting(testEnv.MAIL, left, 'MAIL', ['send']),
  }
  return { env: env as unknown as Env, left }
}

/** A binding that notes the calls of some of its methods. */
const noting = <T extends object>(binding: T, left: string[], name: string, methods: readonly string[]): T =>
  new Proxy(binding, {
    get(target, method) {
      const value = Reflect.get(target, method) as unknown
      if (typeof value !== 'function') return value
      return (...given: unknown[]) => {
        if (methods.includes(String(method))) left.push(`${name}.${String(method)}`)
        return (value as (...all: unknown[]) => unknown).apply(target, given)
      }
    },
  })
