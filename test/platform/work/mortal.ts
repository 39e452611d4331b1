/**
 * Calls of D1 and R2 that a worker makes, and when it dies: before its n-th call, when that was made and the answer is lost, or likewise
 * after the n-th call that changed anything.
 */
export interface Life {
  calls: number
  /** Calls that changed something. */
  effects: number
  isOver: boolean
  diesAt: number
  when: 'before' | 'after' | 'effect'
}

const born = { calls: 0, effects: 0, isOver: false }
export const untilCall = (diesAt: number, when: 'before' | 'after'): Life => ({ ...born, diesAt, when })
export const untilEffect = (diesAt: number): Life => ({ ...born, diesAt, when: 'effect' })
export const immortal = (): Life => untilEffect(Infinity)

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

async function lived<Result>(life: Life, call: () => Promise<Result>, hasEffect: (result: Result) => boolean) {
  life.calls += 1
  if (life.isOver) throw new Died()
  life.isOver = life.when === 'before' && life.calls >= life.diesAt
  if (life.isOver) throw new Died()
  const result = await call()
  if (hasEffect(result)) life.effects += 1
  life.isOver = life.diesAt <= (life.when === 'after' ? life.calls : life.when === 'effect' ? life.effects : -Infinity)
  if (life.isOver) throw new Died()
  return result
}

const never = () => false
const hasWritten = (answer: D1Result | D1Result[]) =>
  [answer].flat().some(({ meta }) => meta.changed_db || meta.rows_written > 0)

const inner = Symbol('statement')

/** Bindings that die with the worker. */
export const mortal = (env: { DB: D1Database; BACKUPS: R2Bucket; DOCUMENTS: R2Bucket }, life: Life) => ({
  DB: {
    withSession: (constraint: string) => {
      const session = env.DB.withSession(constraint)
      return {
        getBookmark: () => session.getBookmark(),
        prepare: (query: string) => statement(session.prepare(query), life),
        batch: (statements: { [inner]: D1PreparedStatement }[]) =>
          lived(life, () => session.batch(statements.map((one) => one[inner])), hasWritten),
      }
    },
  },
  BACKUPS: bucket(env.BACKUPS, life),
  DOCUMENTS: bucket(env.DOCUMENTS, life),
})

const bucket = (of: R2Bucket, life: Life) =>
  new Proxy(of, {
    get:
      (_, method: 'get' | 'put' | 'list' | 'delete') =>
      (...parameters: unknown[]) =>
        lived(
          life,
          () => (of[method] as (...all: unknown[]) => Promise<unknown>)(...parameters),
          () => method === 'put' || method === 'delete',
        ),
  })

const statement = (of: D1PreparedStatement, life: Life): object => ({
  [inner]: of,
  bind: (...values: unknown[]) => statement(of.bind(...values), life),
  all: () => lived(life, () => of.all(), hasWritten),
  run: () => lived(life, () => of.run(), hasWritten),
  first: () => lived(life, () => of.first(), never),
  raw: (options: { columnNames: true }) => lived(life, () => of.raw(options), never),
})
