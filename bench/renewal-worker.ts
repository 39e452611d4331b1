import { backgroundContext } from '#/platform/background-context.ts'
import { auditSealOf, findChains, rowsAfter, storeSeals } from '#/operations/audit-log/index.ts'
import { genesis } from '#/operations/audit-log/chain.ts'
import { verifyAuditLog } from '#/operations/audit-log/verify-audit-log.ts'
import { renewalWork } from '#/operations/audit-renewal/index.ts'
import type { Context } from '#/platform/context.ts'
import type { Env } from '#/platform/env.ts'
import worker from '#/worker.ts'

export { AuditHead, Gate, Metrics } from '#/worker.ts'

const many = 250_000
const pageSize = 5000

/** The re-writing of an old audit log by the code that does it, driven by requests instead of the queue: each request is one message. */
export default {
  ...worker,
  async fetch(request, env, execution) {
    const ctx = backgroundContext({ ...env, QUEUE_BULK: silent } as unknown as Env, execution, 'audit.verify', 'bench')
    switch (new URL(request.url).pathname) {
      case '/bench/fill':
        return Response.json(await fill(ctx))
      case '/bench/work':
        await renewalWork.handle(ctx, 'chain-2')
        return Response.json(await renewalWork.find(ctx, 'chain-2'))
      case '/bench/check':
        return Response.json(await check(ctx))
      default:
        return worker.fetch(request, env, execution)
    }
  },
} satisfies ExportedHandler<Env>

const silent = { send: async () => undefined, sendBatch: async () => undefined }

/** Changed names of a thousand students, sealed by an older version: a thousand rows a seal. */
async function fill(ctx: Context) {
  const d1 = ctx.env.DB
  const now = '2026-01-01T00:00:00.000Z'
  const numbers = (to: number) => `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${to})`
  await d1
    .prepare(
      `${numbers(1000)} insert into student (student_number, first_name, last_name, email, study_year, enrollment_date, search_text, created_at, updated_at)
       select 'B-' || i, 'Name', 'Surname', 'b' || i || '@lyceum.test', 1, '2024-09-20', '', '${now}', '${now}' from n`,
    )
    .run()
  await d1
    .prepare(
      `${numbers(many)} insert into audit_log (at, actor_id, actor_role, action, entity_type, entity_id, changes, success, method, path, status, request_id)
       select '${now}', 1, 'registrar', 'student.update', 'student', cast(1 + i % 1000 as text),
         json_object('last_name', json_object('old', 'Παλιό-' || (i - 1), 'new', 'Παλιό-' || i), 'phone', json_object('old', '+302101234567', 'new', '+302107654321')),
         1, 'PATCH', '/api/v1/students/1', 200, 'old-' || i from n`,
    )
    .run()
  let hash = genesis
  for (let after = 0; after < many; after += pageSize) {
    const links: [number, string][] = []
    for (const row of await rowsAfter(ctx.db, after, pageSize))
      links.push([row.id, (hash = await auditSealOf(hash, row))])
    const ends = links.filter(([id]) => id % 1000 === 0)
    await d1.batch([
      d1
        .prepare('insert into audit_chain select value ->> 0, value ->> 1 from json_each(?)')
        .bind(JSON.stringify(links)),
      d1
        .prepare(`insert into audit_seal select value ->> 0, value ->> 1, '${now}', null from json_each(?)`)
        .bind(JSON.stringify(ends)),
    ])
  }
  while (!(await storeSeals(ctx, await findChains(ctx)))) continue
  await d1
    .prepare(`insert into audit_renewal (id, chain, created_at, updated_at) values ('chain-2', 2, '${ctx.now}', '')`)
    .run()
  return { rows: many }
}

async function check(ctx: Context) {
  let [after, problems]: [number | null, number] = [0, 0]
  while (after !== null) {
    const found: Awaited<ReturnType<typeof verifyAuditLog>> = await verifyAuditLog(ctx, { after, limit: 20_000 })
    problems += found.problems.length
    after = found.next_after
  }
  const plain = await ctx.env.DB.prepare(
    "select count(*) as n from audit_log where changes like '%Παλιό%'",
  ).first<number>('n')
  return { problems, plain }
}
