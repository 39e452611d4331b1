import { testEnv } from '../../world.ts'

type Around = (texts: readonly string[], run: () => Promise<D1Result[]>) => Promise<D1Result[]>

/** The database with something between it and the Worker: `around` sees each round trip, and what comes back. */
export function databaseBehind(around: Around): D1Database {
  const withSession = (from?: string) => {
    const session = testEnv.DB.withSession(from)
    return {
      getBookmark: () => session.getBookmark(),
      prepare: (text: string) => prepared(around, text, session.prepare(text)),
      batch: (statements: Prepared[]) =>
        around(
          statements.map(({ text }) => text),
          () => session.batch(statements.map(({ inner }) => inner)),
        ),
    }
  }
  return { withSession } as unknown as D1Database
}

type Prepared = ReturnType<typeof prepared>

function prepared(around: Around, text: string, inner: D1PreparedStatement) {
  const ask = async () => (await around([text], async () => [await inner.all()]))[0]!
  return {
    text,
    inner,
    bind: (...values: unknown[]): object => prepared(around, text, inner.bind(...values)),
    all: ask,
    run: ask,
    first: async () => (await ask()).results[0] ?? null,
    raw: async () => (await ask()).results.map((row) => Object.values(row as object)),
  }
}

/**
 * The database for each of so many requests that race: none writes before all are about to, so that each has read what was there before
 * all of them. Then they write one after the other, in this order.
 */
export function racing(count: number): D1Database[] {
  const ready = Promise.withResolvers<void>()
  const turns = Array.from({ length: count + 1 }, () => Promise.withResolvers<void>())
  let waiting = 0
  turns[0]!.resolve()
  return Array.from({ length: count }, (_, i) =>
    databaseBehind(async (texts, run) => {
      if (!texts.some(isWrite)) return run()
      waiting += 1
      if (waiting === count) ready.resolve()
      await Promise.all([ready.promise, turns[i]!.promise])
      return run().finally(() => turns[i + 1]!.resolve())
    }),
  )
}

const isWrite = (text: string) => /^\s*(?:insert|update|delete)\b/i.test(text)

/** The database of one request, in which something else happens once: when all was read and nothing is written yet. */
export function meanwhile(act: () => Promise<unknown>): D1Database {
  let acting: Promise<unknown> | undefined
  return databaseBehind(async (texts, run) => {
    if (texts.some(isWrite)) await (acting ??= act())
    return run()
  })
}
