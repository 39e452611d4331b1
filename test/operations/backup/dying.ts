/** Calls of D1 and R2 that a worker makes, and the one at which it dies: before it is made, or when it was made and the answer is lost. */
export interface Life {
  calls: number
  diesAt: number
  when: 'before' | 'after'
  /** What each call takes longer. */
  delayMs: number
}

export const untilCall = (diesAt: number, when: Life['when']): Life => ({ calls: 0, diesAt, when, delayMs: 0 })
export const immortal = (delayMs = 0): Life => ({ ...untilCall(Infinity, 'before'), delayMs })

class Died extends Error {}

/** Runs until the worker dies. Fails the test if it does not, or if something else goes wrong. */
export async function dies(work: Promise<unknown>): Promise<void> {
  const error = await work.then(
    () => new Error('the worker lived'),
    (reason: unknown) => reason,
  )
  let root = error
  while (root instanceof Error && root.cause) root = root.cause
  if (!(root instanceof Died)) throw error
}

async function lived<Result>(life: Life, call: () => Promise<Result>): Promise<Result> {
  const isLast = ++life.calls >= life.diesAt
  if (isLast && life.when === 'before') throw new Died()
  if (life.delayMs > 0) await new Promise((go) => setTimeout(go, life.delayMs))
  const result = await call()
  if (isLast) throw new Died()
  return result
}

const inner = Symbol('statement')

/** Bindings that die with the worker. */
export const mortal = (env: { DB: D1Database; BACKUPS: R2Bucket }, life: Life) => ({
  DB: {
    withSession: (constraint: string) => {
      const session = env.DB.withSession(constraint)
      return {
        getBookmark: () => session.getBookmark(),
        prepare: (query: string) => statement(session.prepare(query), life),
        batch: (statements: { [inner]: D1PreparedStatement }[]) =>
          lived(life, () => session.batch(statements.map((one) => one[inner]))),
      }
    },
  },
  BACKUPS: new Proxy(env.BACKUPS, {
    get:
      (bucket, method: 'get' | 'put' | 'list' | 'delete') =>
      (...parameters: unknown[]) =>
        lived(life, () => (bucket[method] as (...all: unknown[]) => Promise<unknown>)(...parameters)),
  }),
})

const statement = (of: D1PreparedStatement, life: Life): object => ({
  [inner]: of,
  bind: (...values: unknown[]) => statement(of.bind(...values), life),
  all: () => lived(life, () => of.all()),
  run: () => lived(life, () => of.run()),
  first: () => lived(life, () => of.first()),
  raw: (options: { columnNames: true }) => lived(life, () => of.raw(options)),
})
