import { count } from '#/platform/metrics/metrics.ts'
import { faultIn } from './faults.ts'
import { outliving } from './outliving.ts'
import { isRead, newReceipt, type Sent } from './receipt.ts'

type Steady = Sent & D1PreparedStatement

/**
 * A D1 session that outlives what passes: reads are tried again, and so is every batch that writes. One that was committed before the fault
 * is known again by its receipt, and answers as if nothing had been. Throws DatabaseUnreachable when that does not help.
 */
export function steady(session: D1DatabaseSession, asker: Record<string, unknown> = {}): D1DatabaseSession {
  const ask = (sent: readonly Sent[]) =>
    sent.every(isRead) ? readAll(session, sent, asker) : writeAll(session, sent, asker)
  return {
    prepare: (text: string) => statement(session.prepare(text), text, ask),
    batch: ((sent: Steady[]) => ask(sent)) as D1DatabaseSession['batch'],
    getBookmark: () => session.getBookmark(),
  } as D1DatabaseSession
}

type Ask = (sent: readonly Sent[]) => Promise<D1Result[]>

function statement(inner: D1PreparedStatement, text: string, ask: Ask): Steady {
  const all = async () => (await ask([{ text, inner }]))[0]!
  const rows = async () => (await all()).results as object[]
  return {
    text,
    inner,
    bind: (...values: unknown[]) => statement(inner.bind(...values), text, ask),
    all,
    run: all,
    first: async () => (await rows())[0] ?? null,
    // The names of the columns are unique, so nothing of a row is lost on this way.
    raw: async () => (await rows()).map((row) => Object.values(row)),
  } as unknown as Steady
}

const readAll = (session: D1DatabaseSession, sent: readonly Sent[], asker: object) =>
  outliving(
    async () => (sent.length === 1 ? [await sent[0]!.inner.all()] : session.batch(sent.map(({ inner }) => inner))),
    { ...asker },
  )

function writeAll(session: D1DatabaseSession, sent: readonly Sent[], asker: object): Promise<D1Result[]> {
  const receipt = newReceipt(session)
  const statements = [...sent.map(({ inner }) => inner), receipt.signed]
  const write = async (attempt: number) => {
    try {
      return (await session.batch(statements)).slice(0, sent.length)
    } catch (error) {
      if (attempt === 1 || faultIn(error)) throw error
      // The database refuses it. Perhaps because an attempt before this one was committed.
      const recovered = await outliving(() => receipt.recover(sent), { ...asker })
      if (!recovered) throw error
      count('db_faults_total', ['recovered'])
      return recovered
    }
  }
  return outliving(write, { ...asker })
}
