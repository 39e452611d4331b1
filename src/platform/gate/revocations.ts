/** While the sessions of an account are being ended: whose tokens stay good, and from which instant on those of others are (epoch ms). */
export interface Closing {
  except: string | null
  before: number
  /** When the last token of before has expired, and this may be forgotten. */
  until: number
}

/** How an account is opened again. */
export interface Reopening {
  /** The sessions that have ended. */
  ended: readonly string[]
  /** When the last token of before has expired (epoch ms). */
  until: number
  /** From which instant on the tokens of the others are good; all are, without one. */
  from?: number | undefined
}

/** Which access tokens are refused before they expire: in memory, and on disk so that an eviction forgets none. */
export class Revocations {
  readonly #ended = new Set<string>()
  readonly #closings = new Map<string, Closing>()
  readonly #tables: () => SqlStorage

  constructor(storage: () => SqlStorage) {
    this.#tables = () => withTables(storage())
    const sql = this.#tables()
    for (const { id } of sql.exec<{ id: string }>('select id from revoked_session')) this.#ended.add(id)
    for (const { id, session, before, until } of sql.exec<ClosingRow>('select * from closing'))
      this.#closings.set(id, { except: session, before, until })
  }

  isRevoked(sessionId: string | null, issuedAt: number): boolean {
    if (sessionId === null) return false
    if (this.#ended.has(sessionId)) return true
    return this.#closings.values().some(({ except, before }) => except !== sessionId && issuedAt < before)
  }

  end(sessionIds: readonly string[], until: number) {
    const sql = this.#tables()
    for (const id of sessionIds) {
      this.#ended.add(id)
      sql.exec('insert or replace into revoked_session (id, until) values (?, ?)', id, until)
    }
  }

  close(id: string, closing: Closing) {
    const { except, before, until } = closing
    this.#closings.set(id, closing)
    const insert = 'insert or replace into closing (id, session, before, until) values (?, ?, ?, ?)'
    this.#tables().exec(insert, id, except, before, until)
  }

  reopen(id: string) {
    this.#closings.delete(id)
    this.#tables().exec('delete from closing where id = ?', id)
  }

  /** Forgets what no living token is concerned by. Answers whether something is left. */
  forgetOld(now: number): boolean {
    const sql = this.#tables()
    sql.exec('delete from revoked_session where until < ?', now)
    sql.exec('delete from closing where until < ?', now)
    for (const [id, { until }] of this.#closings) if (until < now) this.#closings.delete(id)
    const count = 'select (select count(*) from revoked_session) + (select count(*) from closing) as kept'
    const { kept } = sql.exec<{ kept: number }>(count).one()
    if (kept === 0) this.#ended.clear()
    return kept > 0
  }
}

type ClosingRow = { id: string; session: string | null; before: number; until: number }

/** They are gone again after the disk was given back. */
function withTables(sql: SqlStorage): SqlStorage {
  sql.exec('create table if not exists revoked_session (id text primary key, until integer not null) strict')
  sql.exec(
    'create table if not exists closing (id text primary key, session text, before integer not null, until integer not null) strict',
  )
  return sql
}
