import type { Env } from '#/platform/env.ts'
import type worker from '#/worker.ts'

/** What Cloudflare bills. */
export const fresh = () => ({ queries: 0, read: 0, written: 0, objects: 0, messages: 0, classA: 0, classB: 0 })
export type Counts = ReturnType<typeof fresh>

/** The environment with all of its bindings counted, and a queue whose messages are handled while `settle` waits. */
export function counting(real: Env, { queue }: typeof worker, around: ExecutionContext) {
  const counts = fresh()
  const pending: Promise<unknown>[] = []
  const waiting: unknown[] = []
  const env = { ...real } as Record<string, unknown>
  const execution = { ...around, waitUntil: (work: Promise<unknown>) => void pending.push(work) } as ExecutionContext
  env.DB = database(real.DB, counts)
  env.DOCUMENTS = bucket(real.DOCUMENTS, counts)
  env.BACKUPS = bucket(real.BACKUPS, counts)
  env.GATE = objects(real.GATE, counts)
  env.AUDIT_HEAD = objects(real.AUDIT_HEAD, counts)
  env.VERSION = { id: 'bench', tag: '', timestamp: '' }
  env.METRICS = { getByName: () => new Proxy({}, { get: () => async () => ({}) }) }
  const everyQueue = {
    send: async (body: unknown) => void waiting.push(body),
    sendBatch: async (messages: { body: unknown }[]) => void waiting.push(...messages.map(({ body }) => body)),
    metrics: async () => ({ backlogCount: 0 }),
  }
  Object.assign(env, { QUEUE: everyQueue, QUEUE_MAIL: everyQueue, QUEUE_BULK: everyQueue })
  /** Waits until nothing is left to do. */
  const settle = async () => {
    while (pending.length + waiting.length > 0) {
      await Promise.all(pending.splice(0))
      for (const body of waiting.splice(0)) {
        counts.messages += 1
        const message = { id: crypto.randomUUID(), body, attempts: 1, timestamp: new Date(), ack() {}, retry: failed }
        const batch = { queue: 'lyceum-work', messages: [message], ackAll() {}, retryAll: failed }
        await queue(batch as unknown as MessageBatch, env as unknown as Env, execution)
      }
    }
  }
  return { env: env as unknown as Env, counts, execution, settle }
}

const failed = () => {
  throw new Error('a message failed')
}

const inner = Symbol('statement')

function database(real: D1Database, counts: Counts) {
  const add = <Result extends D1Result>(results: Result[]): Result[] => {
    for (const { meta } of results) {
      counts.queries += 1
      counts.read += meta.rows_read
      counts.written += meta.rows_written
    }
    return results
  }
  const statement = (own: D1PreparedStatement): object => ({
    [inner]: own,
    bind: (...values: unknown[]) => statement(own.bind(...values)),
    all: async () => add([await own.all()])[0],
    run: async () => add([await own.run()])[0],
    // D1 does not say what `raw` costs, so it is asked twice.
    raw: async (options: { columnNames: true }) => {
      add([await own.all()])
      return own.raw(options)
    },
    first: async (column?: string) => {
      const row = add([await own.all<Record<string, unknown>>()])[0]!.results[0] ?? null
      return row && column ? row[column] : row
    },
  })
  const over = (own: D1Database | D1DatabaseSession) => ({
    prepare: (sql: string) => statement(own.prepare(sql)),
    batch: async (statements: { [inner]: D1PreparedStatement }[]) =>
      add(await own.batch(statements.map((one) => one[inner]))),
  })
  const withSession = (constraint?: string) => {
    const session = real.withSession(constraint)
    return { ...over(session), getBookmark: () => session.getBookmark() }
  }
  return { ...over(real), withSession }
}

/** Class A changes or lists, class B reads, deleting is free. */
function bucket(real: R2Bucket, counts: Counts) {
  const kinds: Record<string, keyof Counts | undefined> = {
    put: 'classA',
    list: 'classA',
    createMultipartUpload: 'classA',
    get: 'classB',
    head: 'classB',
  }
  return new Proxy(real, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown
      if (typeof value !== 'function') return value
      return (...argv: unknown[]) => {
        const kind = kinds[String(name)]
        if (kind) counts[kind] += 1
        // An upload in parts is at least one part and its end.
        if (name === 'createMultipartUpload') counts.classA += 2
        return (value as (...all: unknown[]) => unknown).apply(target, argv)
      }
    },
  })
}

const objects = <T extends Rpc.DurableObjectBranded>(real: DurableObjectNamespace<T>, counts: Counts) => ({
  getByName: (name: string) => {
    const stub = real.getByName(name)
    return new Proxy(stub, {
      get(target, method) {
        if (method !== 'then') counts.objects += 1
        return Reflect.get(target, method)
      },
    })
  },
})
