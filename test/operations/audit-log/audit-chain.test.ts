import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { checkAuditLog, sealAuditLog } from '#/operations/audit-log/index.ts'
import { type Persona, systemContext, testEnv, type World, world } from '../../world.ts'
import { at, lastRow, numberOf, type Problem, recompute, spoil, tamper } from './tampering.ts'

const db = testEnv.DB
let w: World
let admin: Persona

beforeAll(async () => {
  w = await world()
  admin = await w.admin()
  await Promise.all(Array.from({ length: 12 }, (_, i) => w.course({ title: `Course ${i}` })))
  await sealAuditLog(systemContext())
  await w.course({ title: 'After the first seal' })
  await w.course({ title: 'After the first seal, too' })
  await sealAuditLog(systemContext())
})

interface Verification {
  valid: boolean
  problems: Problem[]
  rows_checked: number
  tail_checked: number
  sealed_to: number
  next_after: number | null
}

async function verify(query = ''): Promise<Verification> {
  const answer = await admin.get(`/audit/verify${query}`)
  expect(answer.status).toBe(200)
  return answer.data
}

describe('the sealed audit log', () => {
  test('is valid, with every row sealed and each seal in R2', async () => {
    expect(await verify()).toEqual({
      valid: true,
      problems: [],
      rows_checked: await numberOf('select count(*) as n from audit_log'),
      tail_checked: 0,
      resumed: [],
      sealed_to: await lastRow(),
      next_after: null,
    })
    const { objects } = await testEnv.BACKUPS.list({ prefix: 'audit-seals/' })
    expect(objects).toHaveLength(await numberOf('select count(*) as n from audit_seal'))
    expect(objects.length).toBeGreaterThan(1)
  })

  test('is checked part by part when asked so', async () => {
    const first = await verify('?limit=5')
    expect(first).toMatchObject({ valid: true, rows_checked: 5, tail_checked: 0 })
    const second = await verify(`?after=${first.next_after}`)
    expect(second).toMatchObject({ valid: true, next_after: null })
    expect(first.rows_checked + second.rows_checked).toBe(await numberOf('select count(*) as n from audit_log'))
  })

  test('is for administrators alone', async () => {
    expect((await w.registrar.get('/audit/verify')).status).toBe(403)
  })

  test('holds rows that are not sealed yet', async () => {
    await sealAuditLog(systemContext())
    const before = await lastRow()
    for (const title of ['Fresh', 'Fresh, too', 'Fresh as well']) await w.course({ title })
    const tail = { rows_checked: 0, tail_checked: 3 }
    expect(await verify(`?after=${before}`)).toMatchObject({ valid: true, sealed_to: before, ...tail })
    expect(await verify()).toMatchObject({ valid: true, sealed_to: before, tail_checked: 3 })
    expect(await verify('?limit=1')).toMatchObject({ rows_checked: 1, tail_checked: 0 })
    await sealAuditLog(systemContext())
    expect(await verify()).toMatchObject({ valid: true, sealed_to: before + 3 })
  })

  test('has a row for each of 500 concurrent writes, and stays whole when two runs seal at once', async () => {
    const before = await lastRow()
    await Promise.all(Array.from({ length: 500 }, (_, i) => w.course({ title: `Burst ${i}` })))
    expect(await lastRow()).toBe(before + 500)
    await Promise.all([sealAuditLog(systemContext()), sealAuditLog(systemContext())])
    expect(await verify()).toMatchObject({ valid: true, sealed_to: await lastRow() })
  }, 30_000)
})

describe('tampering is found and located', () => {
  let id: number
  beforeEach(async () => {
    id = (await lastRow()) - 6
  })

  const columns = [
    ["at = '2020-01-01T00:00:00.000Z'"],
    ['actor_id = 999'],
    ["actor_role = 'admin'"],
    ["action = 'course.read'"],
    ["entity_type = 'courses'"],
    ["entity_id = entity_id || '0'"],
    [`changes = '{}'`],
    [`changes = changes || ' '`],
    ["summary = ''"],
    ["reason = 'none'"],
    ['success = 0'],
    ["method = 'PUT'"],
    ["path = path || '/'"],
    ['status = 200'],
    ["ip = '192.0.2.1'"],
    ["user_agent = 'x'"],
    ["request_id = lower(request_id) || '_'"],
  ]

  test.each(columns)('a row changed by %s', async (change) => {
    const found = await tamper([`update audit_log set ${change} where id = ${id}`], verify)
    expect(found).toMatchObject({ valid: false, problems: [at('altered', id)] })
  })

  test('every column of the log is covered', async () => {
    const { results } = await db.prepare("select name from pragma_table_info('audit_log')").all<{ name: string }>()
    const covered = new Set(['id', ...columns.map(([change]) => change!.split(' ')[0])])
    expect(results.map(({ name }) => name).filter((name) => !covered.has(name))).toEqual([])
  })

  test('a removed row', async () => {
    const found = await tamper([`delete from audit_log where id = ${id}`], verify)
    expect(found.problems).toEqual([at('removed', id)])
  })

  test('two rows that changed places', async () => {
    const found = await tamper(
      [
        `update audit_log set id = -1 where id = ${id}`,
        `update audit_log set id = ${id} where id = ${id + 1}`,
        `update audit_log set id = ${id + 1} where id = -1`,
      ],
      verify,
    )
    expect(found.problems).toEqual([at('altered', id), at('altered', id + 1)])
  })

  test('a row put in where another was taken out of the chain', async () => {
    const found = await tamper([`delete from audit_chain where audit_id = ${id}`], verify)
    expect(found.problems).toContainEqual(at('inserted', id))
  })

  test('the newest rows cut off together with their hashes and seals', async () => {
    const last = await lastRow()
    const cut = ['audit_log where id', 'audit_chain where audit_id', 'audit_seal where last_id']
    const found = await tamper(
      cut.map((place) => `delete from ${place} > ${last - 3}`),
      verify,
    )
    expect(found.problems).toEqual([{ kind: 'removed', from_id: expect.any(Number), to_id: last }])
  })

  test('a row changed and everything behind it sealed anew: the seals in R2 tell, and between which', async () => {
    const seals = await db.prepare('select last_id from audit_seal order by last_id').all<{ last_id: number }>()
    const [first, second] = seals.results.map(({ last_id }) => last_id)
    const target = first! + 1
    const found = await tamper([`update audit_log set reason = 'forged' where id = ${target}`], async () => {
      await recompute()
      return verify()
    })
    expect(found.problems).toEqual([{ kind: 'rewritten', from_id: first! + 1, to_id: second }])
  })

  const seals: [string, (text: string) => string][] = [
    ['is no JSON', () => 'gone'],
    ['misses fields', () => '{}'],
    ['is too long to be one', (text) => text + ' '.repeat(9_000_000)],
  ]

  test.each(seals)('the newest seal in R2 that %s', async (_, change) => {
    const last = await numberOf('select max(last_id) as n from audit_seal')
    const key = `audit-seals/${String(last).padStart(16, '0')}.json`
    const [found, sealed, checked] = await spoil(key, change, async () => [
      await verify(),
      await sealAuditLog(systemContext()),
      await checkAuditLog(systemContext(), 0),
    ])
    expect(found).toMatchObject({ valid: false, problems: [{ kind: 'rewritten', to_id: last }] })
    expect([sealed.error_code, checked.error_code]).toEqual(['AUDIT_LOG_ALTERED', 'AUDIT_LOG_ALTERED'])
    expect(await verify()).toMatchObject({ valid: true })
  })

  test('the nightly check fails and says where', async () => {
    const logged = vi.spyOn(console, 'error')
    const check = () => checkAuditLog(systemContext(), 0)
    const { found, shown } = await tamper([`update audit_log set status = 500 where id = ${id}`], async () => ({
      found: await check(),
      shown: (await admin.post('/jobs/check-audit-log/run')).data,
    }))
    expect(found).toMatchObject({ position: 0, error_code: 'AUDIT_LOG_ALTERED' })
    expect(shown).toMatchObject({ status: 'failed', error_code: 'AUDIT_LOG_ALTERED' })
    expect(logged.mock.calls.join()).toContain(`"from_id":${id}`)
    expect((await check()).error_code).toBeUndefined()
  })
})
