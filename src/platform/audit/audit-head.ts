import { DurableObject } from 'cloudflare:workers'

/** An audit row as the running head knows it. */
export interface ToldRow {
  id: number
  /** SHA-256 of its content, hex. */
  digest: string
}

/** The newest seal that the head was told of. */
export interface Mark {
  last_id: number
  hash: string
}

/**
 * The one object of a deployment that knows what was written into the audit log since the last seal, so that a row which is changed or cut
 * off before it is sealed shows as well. It remembers what it was told first: no later word replaces it.
 */
export class AuditHead extends DurableObject {
  constructor(state: DurableObjectState, env: Cloudflare.Env) {
    super(state, env)
    const { sql } = state.storage
    sql.exec('create table if not exists told (id integer primary key, digest text not null) strict')
    sql.exec(
      'create table if not exists mark (one integer primary key, last_id integer not null, hash text not null) strict',
    )
  }

  /** Rows that were committed. Word of one that is sealed by now comes late and says nothing new. */
  tell(rows: readonly ToldRow[]): void {
    const { sql } = this.ctx.storage
    sql.exec(
      `insert or ignore into told (id, digest) select value ->> 0, value ->> 1 from json_each(?)
       where value ->> 0 > coalesce((select last_id from mark), 0)`,
      JSON.stringify(rows.map(({ id, digest }) => [id, digest])),
    )
  }

  /** What it knows behind a row, at most `limit` rows of it, and the newest seal. */
  read(after: number, limit: number): { rows: ToldRow[]; mark: Mark | null } {
    const { sql } = this.ctx.storage
    const told = sql.exec<{ id: number; digest: string }>(
      'select id, digest from told where id > ? order by id limit ?',
      after,
      limit,
    )
    const [mark] = sql.exec<{ last_id: number; hash: string }>('select last_id, hash from mark').toArray()
    return { rows: told.toArray(), mark: mark ?? null }
  }

  /** Begins anew: rows are gone for good, somebody has said so, and a further chain follows. */
  forget(): void {
    this.ctx.storage.sql.exec('delete from told')
    this.ctx.storage.sql.exec('delete from mark')
  }

  /** Rows up to here are sealed: from now on the seal answers for them. */
  seal({ last_id, hash }: Mark): void {
    const { sql } = this.ctx.storage
    sql.exec(
      `insert into mark (one, last_id, hash) values (1, ?, ?) on conflict (one)
       do update set last_id = excluded.last_id, hash = excluded.hash where excluded.last_id > last_id`,
      last_id,
      hash,
    )
    sql.exec('delete from told where id <= (select last_id from mark)')
  }
}
