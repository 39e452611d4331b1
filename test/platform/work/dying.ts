import type { Env } from '#/platform/env.ts'
import { testEnv } from '../../world.ts'

/**
 * Bindings of a worker that dies: its first `calls` calls to D1, R2 and mail take effect, and the next that it makes finds it dead, as do
 * all after it. `sent` are the mails that went out.
 */
export function dyingAfter(calls: number): { env: Env; sent: unknown[] } {
  let left = calls
  const sent: unknown[] = []
  const alive = <Result>(call: () => Result): Result => {
    left -= 1
    if (left < 0) throw new Error('the power is gone')
    return call()
  }
  const inner = new WeakMap<object, D1PreparedStatement>()
  const statement = (real: D1PreparedStatement): D1PreparedStatement => {
    const wrapped = {
      bind: (...values: unknown[]) => statement(real.bind(...values)),
      all: async () => alive(() => real.all()),
      run: async () => alive(() => real.run()),
      raw: async (options: { columnNames: true }) => alive(() => real.raw(options)),
    } as unknown as D1PreparedStatement
    inner.set(wrapped, real)
    return wrapped
  }
  const DB = {
    withSession: (mode: string) => {
      const session = testEnv.DB.withSession(mode)
      return {
        prepare: (query: string) => statement(session.prepare(query)),
        batch: async (list: D1PreparedStatement[]) => alive(() => session.batch(list.map((one) => inner.get(one)!))),
        getBookmark: () => session.getBookmark(),
      }
    },
  }
  const bucket = testEnv.DOCUMENTS
  const DOCUMENTS = {
    put: async (...given: Parameters<R2Bucket['put']>) => alive(() => bucket.put(...given)),
    delete: async (keys: string[]) => alive(() => bucket.delete(keys)),
  }
  const MAIL = { send: async (mail: unknown) => alive(() => void sent.push(mail)) }
  return { env: { ...testEnv, DB, DOCUMENTS, MAIL } as unknown as Env, sent }
}
