import { testEnv } from '../../world.ts'

const db = testEnv.DB

/** Somebody with the keys of the database: triggers do not stop them. Everything is as before afterwards. */
export async function tamper<T>(statements: string[], look: () => Promise<T>): Promise<T> {
  const { results: triggers } = await db
    .prepare("select name, sql from sqlite_schema where type = 'trigger' and tbl_name like 'audit_%'")
    .all<{ name: string; sql: string }>()
  const tables = ['audit_log', 'audit_chain', 'audit_seal']
  const kept = tables.map((name) => db.prepare(`create table kept_${name} as select * from ${name}`))
  await db.batch([...triggers.map(({ name }) => db.prepare(`drop trigger ${name}`)), ...kept])
  try {
    for (const statement of statements) await db.prepare(statement).run()
    return await look()
  } finally {
    await db.batch([
      ...tables.flatMap((name) =>
        [`delete from ${name}`, `insert into ${name} select * from kept_${name}`, `drop table kept_${name}`].map(
          (text) => db.prepare(text),
        ),
      ),
      ...triggers.map(({ sql }) => db.prepare(sql)),
    ])
  }
}

export interface Problem {
  kind: 'altered' | 'removed' | 'inserted' | 'rewritten'
  from_id: number
  to_id: number
}

export const at = (kind: Problem['kind'], id: number): Problem => ({ kind, from_id: id, to_id: id })

export const numberOf = async (query: string) => (await db.prepare(query).first<number>('n'))!
export const lastRow = () => numberOf('select max(id) as n from audit_log')
