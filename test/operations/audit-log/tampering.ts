import { genesis, rowsAfter, auditSealOf } from '#/operations/audit-log/chain.ts'
import { systemContext, testEnv } from '../../world.ts'

const db = testEnv.DB

/**
 * Somebody with the keys of the database: triggers do not stop them. Everything is as before afterwards, but for rows that Lyceum wrote
 * meanwhile: those have their place behind the others.
 */
export async function tamper<T>(statements: string[], look: () => Promise<T>): Promise<T> {
  const { results: triggers } = await db
    .prepare("select name, sql from sqlite_schema where type = 'trigger' and tbl_name like 'audit_%'")
    .all<{ name: string; sql: string }>()
  const tables = ['audit_log', 'audit_chain', 'audit_seal', 'audit_renewal']
  const kept = tables.map((name) => db.prepare(`create table kept_${name} as select * from ${name}`))
  await db.batch([...triggers.map(({ name }) => db.prepare(`drop trigger ${name}`)), ...kept])
  try {
    for (const statement of statements) await db.prepare(statement).run()
    return await look()
  } finally {
    await db.batch([
      ...tables.flatMap((name) =>
        [
          `delete from ${name} ${name === 'audit_log' ? keptOrCopied : ''}`,
          `insert into ${name} select * from kept_${name}`,
          `drop table kept_${name}`,
        ].map((text) => db.prepare(text)),
      ),
      ...triggers.map(({ sql }) => db.prepare(sql)),
    ])
  }
}

/** Somebody with the keys of the bucket: an object holds something else while somebody looks. `change` gets what it held. */
export async function spoil<T>(key: string, change: (text: string) => string, look: () => Promise<T>): Promise<T> {
  const object = (await testEnv.BACKUPS.get(key))!
  const { customMetadata = {} } = object
  const text = await object.text()
  await testEnv.BACKUPS.put(key, change(text))
  try {
    return await look()
  } finally {
    await testEnv.BACKUPS.put(key, text, { customMetadata })
  }
}

/** Makes the hashes of all rows anew, and the seals at the rows where they were: everything in the database fits together. */
export async function recompute(): Promise<void> {
  const { results: seals } = await db.prepare('select last_id from audit_seal').all<{ last_id: number }>()
  const rows = await rowsAfter(systemContext().db, 0, 1_000_000)
  const links: [number, string][] = []
  for (const row of rows) links.push([row.id, await auditSealOf(links.at(-1)?.[1] ?? genesis, row)])
  const sealed = links.filter(([id]) => id <= Math.max(...seals.map(({ last_id }) => last_id)))
  await db.batch([
    db.prepare('delete from audit_chain'),
    db
      .prepare('insert into audit_chain select value ->> 0, value ->> 1 from json_each(?)')
      .bind(JSON.stringify(sealed)),
    db.prepare('delete from audit_seal where last_id not in (select audit_id from audit_chain)'),
    db.prepare('update audit_seal set hash = (select hash from audit_chain where audit_id = last_id)'),
  ])
}

const keptOrCopied = `where id <= (select max(id) from kept_audit_log)
  or request_id in (select request_id from kept_audit_log)`

export interface Problem {
  kind: 'altered' | 'removed' | 'inserted' | 'rewritten'
  from_id: number
  to_id: number
}

export const at = (kind: Problem['kind'], id: number): Problem => ({ kind, from_id: id, to_id: id })

export const numberOf = async (query: string) => (await db.prepare(query).first<number>('n'))!
export const lastRow = () => numberOf('select max(id) as n from audit_log')
