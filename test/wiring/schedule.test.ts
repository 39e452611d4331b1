import { createExecutionContext, createScheduledController, waitOnExecutionContext } from 'cloudflare:test'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#/platform/context.ts'
import worker from '#/worker.ts'
import { applicant, wish } from '../admission/application/applied.ts'
import { countRows, testEnv, unique, type World, world } from '../world.ts'

const hour = 3_600_000
const day = 24 * hour
const nightly = '0 2 * * *'

let w: World
let studentId: number
beforeAll(async () => {
  w = await world()
  studentId = (await w.student()).id
})

async function run(cron: string) {
  const execution = createExecutionContext()
  await worker.scheduled(createScheduledController({ cron }), testEnv, execution)
  await waitOnExecutionContext(execution)
}

const ago = (ms: number) => new Date(Date.now() - ms).toISOString()

async function keyOfAge(ms: number): Promise<string> {
  const key = `key-${unique()}`
  await testEnv.DB.prepare("insert into idempotency_key values (?, ?, 'f', null, 201, null, ?)")
    .bind(w.registrar.userId, key, ago(ms))
    .run()
  return key
}

async function sessionExpired(ms: number): Promise<string> {
  const id = newId()
  await testEnv.DB.prepare(
    'insert into session (id, user_id, refresh_hash, created_at, last_used_at, expires_at) values (?, ?, ?, ?, ?, ?)',
  )
    .bind(id, w.registrar.userId, 'hash', ago(9 * day), ago(9 * day), ago(ms))
    .run()
  await testEnv.DB.prepare('insert into spent_refresh values (?1, ?1)').bind(id).run()
  return id
}

/** A job that was done so long ago; its issue, and thereby its file, has the same id. */
async function jobFinished(ms: number): Promise<string> {
  const id = newId()
  await testEnv.DB.batch([
    testEnv.DB.prepare(
      `insert into transcript_issue (id, student_id, language, digest, file_sha256, issued_at, expires_at)
       values (?, ?, 'en', '', '', ?, ?)`,
    ).bind(id, studentId, ago(ms), ago(ms)),
    testEnv.DB.prepare(
      `insert into transcript_job (id, student_id, language, status, issue_id, created_at, finished_at)
       values (?1, ?2, 'en', 'ready', ?1, ?3, ?4)`,
    ).bind(id, studentId, ago(ms + hour), ago(ms)),
  ])
  await testEnv.DOCUMENTS.put(`transcripts/${id}.pdf`, 'file')
  return id
}

const isThere = async (table: string, column: string, value: string) =>
  (await testEnv.DB.prepare(`select 1 from ${table} where ${column} = ?`).bind(value).first()) !== null

describe('every night', () => {
  test('idempotency keys are forgotten after a day', async () => {
    const [old, young] = [await keyOfAge(day + 60_000), await keyOfAge(day - 60_000)]
    await run(nightly)
    expect(await isThere('idempotency_key', 'key', old)).toBe(false)
    expect(await isThere('idempotency_key', 'key', young)).toBe(true)
  })

  test('a forgotten key may be used for something else', async () => {
    const key = { 'idempotency-key': `again-${unique()}` }
    await w.registrar.post('/programs', { code: `N${unique()}`, title: 'One' }, key)
    await testEnv.DB.prepare('update idempotency_key set created_at = ?')
      .bind(ago(2 * day))
      .run()
    await run(nightly)
    const answer = await w.registrar.post('/programs', { code: `N${unique()}`, title: 'Other' }, key)
    expect([answer.status, answer.headers.get('idempotent-replayed')]).toEqual([201, null])
  })

  test('sessions are forgotten once their refresh token has expired', async () => {
    const [expired, live] = [await sessionExpired(60_000), await sessionExpired(-60_000)]
    await run(nightly)
    expect(await isThere('session', 'id', expired)).toBe(false)
    expect(await isThere('session', 'id', live)).toBe(true)
  })

  test('rows that an older Lyceum wrote get what finds them in the other script', async () => {
    const { id } = await w.student({ first_name: 'Ασπασία', last_name: 'Δεληγιώργη' })
    const archived = await w.course({ title: 'x', title_el: 'Οπτική' })
    await w.registrar.delete(`/courses/${archived.id}`)
    const old = testEnv.DB.prepare('update student set search_text = ? where id = ?').bind('ασπασια δεληγιωργη', id)
    const oldCourse = testEnv.DB.prepare('update course set search_text = ? where id = ?').bind('οπτικη', archived.id)
    const { userId } = await applicant()
    const wanted = { ...(await wish(w)), user_id: userId, last_name: 'Шевченко' }
    const applied = (await w.registrar.post('/applications', wanted)).data.id
    const oldOne = testEnv.DB.prepare("update application set search_text = 'шевченко' where id = ?").bind(applied)
    await testEnv.DB.batch([old, oldCourse, oldOne])
    const found = async (path: `/${'students' | 'courses' | 'applications'}?${string}`) =>
      (await w.registrar.get(path)).data.items.map(({ id, version }) => [id, version])
    expect(await found('/students?search=Deligiorgi')).toEqual([])
    // The backup of the night before may or may not have ended.
    const acts = "audit_log where entity_type <> 'backup'"
    const audited = await countRows(acts)
    await run(nightly)
    expect(await countRows(acts)).toBe(audited)
    expect(await found('/students?search=Deligiorgi')).toEqual([[id, 1]])
    expect(await found('/students?search=δεληγιωργη')).toEqual([[id, 1]])
    expect(await found('/applications?search=Shevchenko')).toEqual([[applied, 1]])
    await w.registrar.post(`/courses/${archived.id}/restore`)
    expect(await found('/courses?search=Optiki')).toEqual([[archived.id, 3]])
  })

  test('more old rows than one statement takes are done in one night', async () => {
    const rows = 4500
    await testEnv.DB.prepare(
      `insert into student (student_number, first_name, last_name, email, study_year, enrollment_date, search_text, created_at, updated_at)
       select 'OLD-' || value, 'Όνομα', 'Επώνυμο', 'old' || value || '@lyceum.test', 1, '2024-09-20', 'old', ?2, ?2
       from (with recursive n (value) as (select 1 union all select value + 1 from n where value < ?1) select value from n)`,
    )
      .bind(rows, ago(day))
      .run()
    await run(nightly)
    const { data } = await w.registrar.get('/students?search=eponimo&page_size=1')
    expect(data.total).toBe(rows)
    await testEnv.DB.prepare("delete from student where student_number like 'OLD-%'").run()
  })

  test('rendered files go after a week, and their jobs with them', async () => {
    const [old, young] = [await jobFinished(7 * day + hour), await jobFinished(7 * day - hour)]
    await run(nightly)
    expect([await isThere('transcript_job', 'id', old), await isThere('transcript_job', 'id', young)]).toEqual([
      false,
      true,
    ])
    expect(await testEnv.DOCUMENTS.head(`transcripts/${old}.pdf`)).toBeNull()
    expect(await testEnv.DOCUMENTS.head(`transcripts/${young}.pdf`)).not.toBeNull()
  })

  test('twice in a row is as good as once', async () => {
    await run(nightly)
    const before = [await countRows('idempotency_key'), await countRows('session'), await countRows('transcript_job')]
    await run(nightly)
    expect([await countRows('idempotency_key'), await countRows('session'), await countRows('transcript_job')]).toEqual(
      before,
    )
  })

  test('a job that fails does not stop those after it', async () => {
    const [session, job] = [await sessionExpired(60_000), await jobFinished(8 * day)]
    await testEnv.DB.prepare('alter table idempotency_key rename to idempotency_key_away').run()
    try {
      await run(nightly)
    } finally {
      await testEnv.DB.prepare('alter table idempotency_key_away rename to idempotency_key').run()
    }
    expect([await isThere('session', 'id', session), await isThere('transcript_job', 'id', job)]).toEqual([
      false,
      false,
    ])
  })
})

describe('a cron expression', () => {
  test('runs its own jobs and no others', async () => {
    const [key, session] = [await keyOfAge(2 * day), await sessionExpired(day)]
    await run('*/5 * * * *')
    expect([await isThere('idempotency_key', 'key', key), await isThere('session', 'id', session)]).toEqual([
      true,
      true,
    ])
  })

  test('that nobody knows does nothing', async () => {
    const key = await keyOfAge(2 * day)
    await run('1 1 1 1 1')
    expect(await isThere('idempotency_key', 'key', key)).toBe(true)
  })
})
