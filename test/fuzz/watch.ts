import { testEnv } from '../world.ts'

/** What one request left in the database. */
export interface Trace {
  /** Tables it changed, and `table.column` where it changed one of `watched`. */
  touched: string[]
  audit: { action: string; actor_id: number | null; actor_role: string; success: number }[]
}

/** Columns that decide who may do what, and how far something has come. */
const watched = /^(?:role|tier|state|status|is_active|student_id|password_hash|email_verified_at)$/

/**
 * Has the database tell which tables each statement changes: a trigger for each kind of change of each table. What a trigger does counts
 * neither for `changes()` nor for `last_insert_rowid()`, so nothing that is watched behaves differently.
 */
export async function watchTables(): Promise<void> {
  const { DB } = testEnv
  const { results } = await DB.prepare(
    `select t.name as "table", c.name as "column" from sqlite_master t join pragma_table_info(t.name) c
      where t.type = 'table' and t.name not glob 'sqlite_*' and t.name not glob '_cf_*' and t.name not glob 'd1_*'`,
  ).all<{ table: string; column: string }>()
  await DB.prepare('create table watched_change (what text not null) strict').run()
  const tables = [...new Set(results.map(({ table }) => table))]
  const note = (name: string, when: string, what: string) =>
    DB.prepare(`create trigger "watch_${name}" ${when} begin insert into watched_change values ('${what}'); end`)
  await DB.batch([
    ...tables.flatMap((table) =>
      ['insert', 'update', 'delete'].map((kind) => note(`${table}_${kind}`, `after ${kind} on "${table}"`, table)),
    ),
    ...results
      .filter(({ column }) => watched.test(column))
      .map(({ table, column }) => {
        const when = `after update of "${column}" on "${table}" when new."${column}" is not old."${column}"`
        return note(`${table}_${column}`, when, `${table}.${column}`)
      }),
  ])
}

/** The newest audit row of the last time: a request's own rows are younger, so no more than those are looked at. */
let newest = 0

/** What happened since the last time it was asked, as far as one request did it; of audit rows that of the act. One round trip. */
export async function traceOf(requestId: string): Promise<Trace> {
  const { DB } = testEnv
  const [changes, audit, last] = await DB.batch([
    DB.prepare('select distinct what from watched_change order by what'),
    DB.prepare(
      `select action, actor_id, actor_role, success from audit_log where id > ? and request_id = ? and method <> 'BACKGROUND'
        and coalesce(summary, '') not glob '#[0-9]*'`,
    ).bind(newest, requestId),
    DB.prepare('select max(id) as id from audit_log'),
    DB.prepare('delete from watched_change'),
  ])
  newest = (last!.results[0] as { id: number | null }).id ?? 0
  return {
    touched: (changes!.results as { what: string }[]).map(({ what }) => what),
    audit: audit!.results as Trace['audit'],
  }
}
