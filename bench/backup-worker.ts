import { backgroundContext } from '#/platform/background-context.ts'
import type { Env } from '#/platform/env.ts'
import { backupWork } from '#/operations/backup/index.ts'
import { startBackup, startRestore, startVerification } from '#/operations/backup/start.ts'
import worker from '#/worker.ts'
import { seed } from './seed.ts'

export { AuditHead, Gate, Metrics } from '#/worker.ts'

/** Backups of a large database by the code that makes them, driven by requests instead of the queue: each request is one message. */
export default {
  ...worker,
  async fetch(request, env, execution) {
    const { pathname, searchParams } = new URL(request.url)
    const ctx = backgroundContext(
      { ...env, QUEUE_BULK: silent } as unknown as Env,
      execution,
      'backup.restore',
      'bench',
    )
    const name = searchParams.get('name')!
    useCipher(searchParams.has('plain'))
    switch (pathname) {
      case '/bench/fill':
        return Response.json(await fill(env))
      case '/bench/backup':
        return Response.json(await startBackup(ctx, name))
      case '/bench/verify':
        return Response.json(await startVerification(ctx, name))
      case '/bench/restore':
        return Response.json(await startRestore(ctx, name, name))
      case '/bench/work': {
        await backupWork.handle(ctx, name)
        return Response.json(await backupWork.find(ctx, name))
      }
      default:
        return worker.fetch(request, env, execution)
    }
  },
} satisfies ExportedHandler<Env>

const silent = { send: async () => undefined, sendBatch: async () => undefined }

const { encrypt, decrypt } = crypto.subtle

/** The same pipeline without encryption, to see what that costs: bytes stay as they are, with an empty tag behind them. */
function useCipher(isPlain: boolean) {
  const plain = {
    encrypt: async (_: unknown, __: unknown, data: BufferSource) => {
      const whole = new Uint8Array(data.byteLength + 16)
      whole.set(new Uint8Array(data as ArrayBuffer))
      return whole.buffer
    },
    decrypt: async (_: unknown, __: unknown, data: Uint8Array) => data.slice(0, -16).buffer,
  }
  Object.assign(crypto.subtle, isPlain ? plain : { encrypt, decrypt })
}

/** A million rows: a year's attendance and its audit log on top of the seed. */
async function fill(env: Env) {
  await seed(env)
  const days = 250
  const now = '2026-11-20T09:00:00.000Z'
  for (let day = 0; day < days; day += 25) {
    await env.DB.prepare(
      `with recursive d(i) as (select ${day} union all select i + 1 from d where i < ${day + 24})
       insert into attendance (section_id, student_id, date, status, created_at, updated_at)
       select e.section_id, e.student_id, date('2026-01-05', '+' || d.i || ' days'), iif((e.id + d.i) % 7 = 0, 'absent', 'present'), '${now}', '${now}'
       from d join enrollment e on true`,
    ).run()
  }
  await env.DB.prepare(
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < 225000)
     insert into audit_log (at, actor_id, actor_role, action, entity_type, entity_id, changes, success, method, path, status, ip, user_agent, request_id)
     select '${now}', 1 + i % 50, 'faculty', 'attendance.record', 'attendance', cast(i as text), json_object('status', json_object('old', 'present', 'new', 'absent')),
       1, 'PUT', '/api/v1/sections/' || (i % 40) || '/attendance', 200, '192.0.2.' || (i % 250), 'Mozilla/5.0', lower(hex(randomblob(11))) from n`,
  ).run()
  const { results, meta } = await env.DB.prepare(
    'select (select count(*) from attendance) + (select count(*) from audit_log) + (select count(*) from student) as rows',
  ).all<{ rows: number }>()
  return { rows: results[0]!.rows, bytes: meta.size_after }
}
