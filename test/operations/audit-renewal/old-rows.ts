import { findChains, storeSeals } from '#/operations/audit-log/index.ts'
import { auditSealOf, genesis, rowsAfter } from '#/operations/audit-log/chain.ts'
import { newId } from '#/platform/context.ts'
import { renewalWork } from '#/operations/audit-renewal/index.ts'
import { Queue } from '../../platform/work/runs.ts'
import { systemContext, testEnv } from '../../world.ts'

const db = testEnv.DB

/** What an older version told of a student, in the clear. */
export const oldName = (n: number) => `Παλιό-Όνομα-${n}`

/** So many rows as an older version wrote them, about these students in turn. */
export async function oldRows(count: number, students: readonly number[]): Promise<void> {
  await db
    .prepare(
      `with recursive n(i) as (select 1 union all select i + 1 from n where i < ?1)
       insert into audit_log (at, actor_id, actor_role, action, entity_type, entity_id, changes, reason, success, method, path, status, request_id)
       select '2026-01-01T00:00:00.000Z', 1, 'registrar', 'student.update', 'student', cast(json_extract(?2, '$[' || (i % cast(?3 as integer)) || ']') as text),
         json_object('last_name', json_object('old', 'Παλιό-Όνομα-' || (i - 1), 'new', 'Παλιό-Όνομα-' || i), 'study_year', json_object('old', 1, 'new', 2)),
         iif(i % 10 = 0, 'Λόγος-' || i, null), 1, 'PATCH', '/api/v1/students/1', 200, 'old-' || i from n`,
    )
    .bind(count, JSON.stringify(students), students.length)
    .run()
}

/** Seals every row as an older version did: as it rests, a thousand rows a seal. */
export async function sealAsBefore(): Promise<void> {
  const rows = await rowsAfter(systemContext().db, 0, 1_000_000)
  const links: [number, string][] = []
  for (const row of rows) links.push([row.id, await auditSealOf(links.at(-1)?.[1] ?? genesis, row)])
  const ends = links.filter((_, i) => i % 1000 === 999 || i === links.length - 1)
  const now = new Date().toISOString()
  for (let first = 0; first < links.length; first += 5000)
    await db
      .prepare('insert or ignore into audit_chain select value ->> 0, value ->> 1 from json_each(?)')
      .bind(JSON.stringify(links.slice(first, first + 5000)))
      .run()
  await db
    .prepare('insert or ignore into audit_seal select value ->> 0, value ->> 1, ?2, null from json_each(?1)')
    .bind(JSON.stringify(ends), now)
    .run()
  while (!(await storeSeals(systemContext(), await findChains(systemContext())))) continue
}

/** Orders a further chain, as the migration does. */
export const order = (chain: number, reason: string | null = null) =>
  db
    .prepare("insert into audit_renewal (id, chain, reason, created_at, updated_at) values (?, ?, ?, ?, '')")
    .bind(`chain-${chain}`, chain, reason, new Date().toISOString())
    .run()

/** The queue with the message of that order. */
export const queued = (chain: number) => {
  const queue = new Queue()
  queue.messages.push({ id: newId(), ...renewalWork.message(`chain-${chain}`) })
  return queue
}

export const filesOf = async (prefix: string) => {
  const { objects } = await testEnv.BACKUPS.list({ prefix, delimiter: '/' })
  return objects.map(({ key }) => key)
}
