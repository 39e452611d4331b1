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
  const ask = async () => (await around([text], async () => [await inner.all()]))[0]
  return {
    text,
    inner,
    bind: (...values: unknown[]): object => prepared(around, text, inner.bind(...values)),
    all: ask,
    run: ask,
  }
}

/**
 * For requests whose writes wait for each other: none is made before so many have been asked for. Each request has then read what was
 * there before all of them, as in a race that everybody enters at the same moment.
 */
export function writesAtOnce(count: number): D1Database {
  const all = Promise.withResolvers<void>()
  let asked = 0
  return databaseBehind(async (texts, run) => {
    if (texts.some((text) => /^\s*(?:insert|update|delete)\b/i.test(text))) {
      asked += 1
      if (asked === count) all.resolve()
      await all.promise
    }
    return run()
  })
}
