import { beforeAll, describe, expect, test } from 'vitest'
import { backgroundContext } from '#/platform/background-context.ts'
import { newId } from '#/platform/context.ts'
import type { Env } from '#/platform/env.ts'
import { checkAuditLog, sealAuditLog } from '#/operations/audit-log/index.ts'
import { promoteWaitlists } from '#/enrolling/waitlist/index.ts'
import { block, fullSection } from '../../enrolling/waitlist/queue.ts'
import { countRows, type Persona, systemContext, testEnv, type World, world } from '../../world.ts'

let w: World
let admin: Persona
let studentId: number
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
  studentId = (await w.student()).id
})

const day = 86_400_000
const ago = (ms: number) => new Date(Date.now() - ms).toISOString()
const run = async (name: string) => {
  const { status, data } = await admin.post(`/jobs/${name}/run`)
  expect([status, data.status]).toEqual([200, 'ok'])
  return data.handled as number
}

/** So many rows of a table at once; `values` uses `value`, which counts them. */
const fill = (table: string, columns: string, values: string, rows: number, ...given: unknown[]) =>
  testEnv.DB.prepare(
    `insert into ${table} (${columns}) select ${values}
     from (with recursive n (value) as (select 1 union all select value + 1 from n where value < ${rows}) select value from n)`,
  )
    .bind(...given)
    .run()

/** Job, table, and rows that are due. */
const deleting: [job: string, table: string, fill: (rows: number) => Promise<unknown>][] = [
  [
    'forget-old-keys',
    'idempotency_key',
    (n) =>
      fill(
        'idempotency_key',
        'user_id, key, fingerprint, status, created_at',
        "1, value, 'f', 201, ?",
        n,
        ago(2 * day),
      ),
  ],
  [
    'forget-old-sessions',
    'session',
    (n) =>
      fill(
        'session',
        'id, user_id, refresh_hash, created_at, last_used_at, expires_at',
        "value, ?1, 'h', ?2, ?2, ?2",
        n,
        admin.userId,
        ago(day),
      ),
  ],
  [
    'forget-old-tokens',
    'password_reset',
    (n) => fill('password_reset', 'id, email, requested_at, expires_at', "value, 'x', ?1, ?1", n, ago(day)),
  ],
  [
    'forget-old-tokens',
    'email_confirmation',
    (n) => fill('email_confirmation', 'id, email, requested_at, expires_at', "value, 'x', ?1, ?1", n, ago(day)),
  ],
  [
    'forget-old-mails',
    'mail_delivery',
    (n) => fill('mail_delivery', 'message_id, started_at, sent_at', 'value, ?1, ?1', n, ago(31 * day)),
  ],
  [
    'forget-old-letters',
    'dead_letter',
    (n) =>
      fill(
        'dead_letter',
        'message_id, message, attempts, failed_at, status, retried_at',
        "value, '{}', 1, ?1, 'retried', ?1",
        n,
        ago(91 * day),
      ),
  ],
]

describe.each(deleting)('%s', (job, table, due) => {
  test('deletes 50,000 rows in a run, and the rest in the next', async () => {
    const before = await countRows(table)
    await due(50_010)
    expect([await run(job), await countRows(table)]).toEqual([50_000, before + 10])
    expect([await run(job), await run(job), await countRows(table)]).toEqual([10, 0, before])
  }, 30_000)
})

test('letters that died and were not sent again, and mails of last month, are kept', async () => {
  const columns = 'message_id, message, attempts, failed_at'
  await fill('dead_letter', columns, "'kept' || value, '{}', 1, ?", 3, ago(400 * day))
  await fill('mail_delivery', 'message_id, started_at', "'kept' || value, ?", 2, ago(29 * day))
  expect([await run('forget-old-letters'), await run('forget-old-mails')]).toEqual([0, 0])
})

test('delete-old-files deletes 10,000 jobs in a run, with everything that they left in R2', async () => {
  const drafts = `json_array('a' || value, 'b' || value)`
  const columns = 'id, student_id, language, status, created_at, finished_at, drafts'
  await fill(
    'transcript_job',
    columns,
    `'j' || value, ?1, 'en', 'failed', ?2, ?2, ${drafts}`,
    10_005,
    studentId,
    ago(9 * day),
  )
  const left = ['transcripts/a17.pdf', 'transcripts/b9000.pdf']
  for (const key of left) await testEnv.DOCUMENTS.put(key, 'file')
  expect([await run('delete-old-files'), await countRows('transcript_job')]).toEqual([10_000, 5])
  expect([await run('delete-old-files'), await countRows('transcript_job')]).toEqual([5, 0])
  expect((await testEnv.DOCUMENTS.list({ prefix: 'transcripts/' })).objects).toEqual([])
}, 60_000)

test('delete-old-imports keeps an import until its last error is deleted', async () => {
  const id = newId()
  const columns =
    'id, entity, format, language, size, dry_run, atomic, confirmed, rehearsal, state, position, last_line, reach'
  await fill(
    'import_job',
    `${columns}, created_at, updated_at, finished_at`,
    "?1, 'courses', 'csv', 'en', 1, 0, 0, 0, 0, 'finished', 1, 1, 1, ?2, ?2, ?2",
    1,
    id,
    ago(8 * day),
  )
  await fill('import_error', 'import_id, line, code, params', "?, value, 'x', '{}'", 50_010, id)
  expect([await run('delete-old-imports'), await countRows('import_error')]).toEqual([0, 10])
  expect([await run('delete-old-imports'), await countRows('import_job')]).toEqual([1, 0])
}, 30_000)

describe('check-audit-log', () => {
  test('goes on where the last run stopped, and begins anew at the end', async () => {
    for (let n = 0; n < 8; n += 1) await w.course()
    await sealAuditLog(systemContext())
    const all = await countRows('audit_chain')
    const first = await checkAuditLog(systemContext(), 0, 5)
    expect(first).toMatchObject({ handled: 5, position: expect.any(Number), error_code: undefined })
    const second = await checkAuditLog(systemContext(), first.position!, all)
    expect([second.handled, second.position]).toEqual([all - 5, 0])
  })

  test('keeps that place between its runs', async () => {
    await sealAuditLog(systemContext())
    const sealed = await countRows('audit_chain')
    await run('check-audit-log')
    await testEnv.DB.prepare("update job_run set position = ? where name = 'check-audit-log'")
      .bind(sealed - 3)
      .run()
    await sealAuditLog(systemContext())
    const handled = await run('check-audit-log')
    expect(handled).toBe((await countRows('audit_chain')) - sealed + 3)
  })
})

test('promote-waitlists takes no more queries for its 35 sections than an invocation has for all its jobs', async () => {
  for (let n = 0; n < 2; n += 1) {
    const { seated, queue } = await fullSection(w, { waiting: 1 })
    const release = await block(w, queue[0]!.student_id)
    await w.registrar.post(`/enrollments/${seated[0]!.id}/drop`)
    await release()
  }
  let queries = 0
  const counting = (mode: string) => {
    const session = testEnv.DB.withSession(mode)
    return {
      prepare: (text: string) => {
        queries += 1
        return session.prepare(text)
      },
      batch: (statements: D1PreparedStatement[]) => session.batch(statements),
      getBookmark: () => session.getBookmark(),
    }
  }
  const env = { ...testEnv, DB: { withSession: counting } } as unknown as Env
  const ctx = backgroundContext(env, { waitUntil: () => undefined }, 'system.read', 'promote-waitlists')
  expect(await promoteWaitlists(ctx)).toBe(2)
  expect(await countRows("enrollment where status = 'enrolled'")).toBe(2)
  const perSection = (queries - 1) / 2
  expect(perSection).toBeGreaterThan(5)
  expect(perSection * 35).toBeLessThan(750)
})
