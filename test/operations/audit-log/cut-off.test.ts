import { sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { checkAuditLog, sealAuditLog } from '#/operations/audit-log/index.ts'
import { auditSealKey } from '#/operations/audit-log/chain.ts'
import { recordAct } from '#/platform/audit/record-act.ts'
import { auditHeadOf } from '#/platform/audit/tell-head.ts'
import { type Persona, systemContext, testEnv, type World, world } from '../../world.ts'
import { at, lastRow, numberOf, type Problem, recompute, tamper } from './tampering.ts'

const db = testEnv.DB
const day = 24 * 60 * 60 * 1000
let w: World
let admin: Persona

beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

/** Rows, a seal, rows, a seal; answers the last row of each. */
async function twoSeals(): Promise<[number, number]> {
  const ends: number[] = []
  for (let seal = 0; seal < 2; seal += 1) {
    for (let n = 0; n < 5; n += 1) await w.course()
    await sealAuditLog(systemContext())
    ends.push(await lastRow())
  }
  return ends as [number, number]
}

const verify = async () => (await admin.get('/audit/verify')).data as { valid: boolean; problems: Problem[] }

/** Three runs of the sealing job with rows before each of them, then the nightly check of the next day. */
async function threeSealsAndADayLater() {
  const sealed = []
  for (let run = 0; run < 3; run += 1) {
    await w.course()
    sealed.push(
      (await sealAuditLog({ ...systemContext(), now: new Date(Date.now() + run * 300_000).toISOString() })).error_code,
    )
  }
  const tomorrow = { ...systemContext(), now: new Date(Date.now() + day).toISOString() }
  const night = await checkAuditLog(tomorrow, 0)
  return { sealed, night: night.error_code, found: await verify() }
}

/** Waits until the head has heard of a row: nobody else does. */
const told = (id: number) =>
  vi.waitUntil(async () => (await auditHeadOf(testEnv).read(id - 1, 1)).rows[0]?.id === id, { timeout: 20_000 })

const altered = 'AUDIT_LOG_ALTERED'
const cutting = (last: number) =>
  ['audit_log where id', 'audit_chain where audit_id', 'audit_seal where last_id'].map(
    (place) => `delete from ${place} > ${last}`,
  )

describe('with all hashes made anew', () => {
  let first: number
  let second: number
  beforeEach(async () => {
    ;[first, second] = await twoSeals()
  })

  test('a rewritten row is named, nothing more is sealed, and the next night says so, too', async () => {
    const logged = vi.spyOn(console, 'error')
    const seals = await numberOf('select count(*) as n from audit_seal')
    const row = first + 3
    const { sealed, night, found } = await tamper(
      [`update audit_log set actor_id = 777 where id = ${row}`],
      async () => {
        await recompute()
        const outcome = await threeSealsAndADayLater()
        expect(await numberOf('select count(*) as n from audit_seal')).toBe(seals)
        return outcome
      },
    )
    expect([sealed, night]).toEqual([[altered, altered, altered], altered])
    expect(found.problems[0]).toEqual({ kind: 'rewritten', from_id: row, to_id: second })
    expect(logged.mock.calls.join()).toContain('audit_log_not_sealed')
  })

  test('a row cut off at the end is named, and so it is when others have followed', async () => {
    const { sealed, night, found } = await tamper(cutting(second - 2), async () => {
      await recompute()
      return threeSealsAndADayLater()
    })
    expect([sealed, night]).toEqual([[altered, altered, altered], altered])
    expect(found.problems[0]).toEqual({ kind: 'removed', from_id: second - 1, to_id: second })
  })

  test('a row taken out of the middle is named', async () => {
    const { found } = await tamper([`delete from audit_log where id = ${first + 2}`], async () => {
      await recompute()
      return threeSealsAndADayLater()
    })
    expect(found.problems[0]).toEqual({ kind: 'removed', from_id: first + 2, to_id: second })
  })

  test('everything gone at once is named from its first row', async () => {
    const from = await numberOf('select min(id) as n from audit_log')
    const { sealed, found } = await tamper(cutting(0), threeSealsAndADayLater)
    expect(sealed).toEqual([altered, altered, altered])
    expect(found.problems[0]).toMatchObject({ kind: 'removed', from_id: from })
  })

  test('a seal that was made over a rewritten chain does not hide it: each seal of the range is looked at', async () => {
    const row = first + 1
    const kept = await testEnv.BACKUPS.get(auditSealKey(1, second))
    const text = await kept!.text()
    const found = await tamper([`update audit_log set actor_id = 777 where id = ${row}`], async () => {
      await recompute()
      const hash = await db.prepare('select hash from audit_seal where last_id = ?').bind(second).first<string>('hash')
      await testEnv.BACKUPS.put(
        auditSealKey(1, second + 1000),
        JSON.stringify({ last_id: second + 1000, hash, sealed_at: '' }),
      )
      await testEnv.BACKUPS.delete(auditSealKey(1, second + 1000))
      await db.prepare('update audit_seal set stored_at = null where last_id = ?').bind(second).run()
      return verify()
    })
    expect(found.problems[0]).toEqual({ kind: 'rewritten', from_id: row, to_id: second })
    expect(JSON.parse(text)).toMatchObject({ last_id: second })
  })

  test('seals of an older version, which tell no hashes of rows, say between which rows it is', async () => {
    const { last_id, hash, sealed_at } = await testEnv.BACKUPS.get(auditSealKey(1, second)).then((one) =>
      one!.json<{ last_id: number; hash: string; sealed_at: string }>(),
    )
    const kept = await (await testEnv.BACKUPS.get(auditSealKey(1, second)))!.text()
    await testEnv.BACKUPS.put(auditSealKey(1, second), JSON.stringify({ last_id, hash, sealed_at }))
    expect(await verify()).toMatchObject({ valid: true })
    const found = await tamper([`update audit_log set actor_id = 777 where id = ${first + 3}`], async () => {
      await recompute()
      return verify()
    })
    expect(found.problems[0]).toEqual({ kind: 'rewritten', from_id: first + 1, to_id: second })
    await testEnv.BACKUPS.put(auditSealKey(1, second), kept, { customMetadata: { hash } })
  })

  test('a seal missing in R2 keeps the next one from being made', async () => {
    const kept = await (await testEnv.BACKUPS.get(auditSealKey(1, second)))!.text()
    await testEnv.BACKUPS.delete(auditSealKey(1, second))
    await w.course()
    const { error_code } = await sealAuditLog(systemContext())
    expect(error_code).toBe(altered)
    expect((await verify()).problems[0]).toEqual({ kind: 'rewritten', from_id: first + 1, to_id: second })
    await testEnv.BACKUPS.put(auditSealKey(1, second), kept)
    expect((await sealAuditLog(systemContext())).error_code).toBeUndefined()
  })
})

describe('rows younger than the last seal', () => {
  let row: number
  beforeEach(async () => {
    await sealAuditLog(systemContext())
    for (let n = 0; n < 3; n += 1) await w.course()
    row = await lastRow()
    await told(row)
  })

  test('cut off, they show, and nothing is sealed', async () => {
    const { found, sealed } = await tamper([`delete from audit_log where id >= ${row - 1}`], async () => ({
      found: await verify(),
      sealed: await sealAuditLog(systemContext()),
    }))
    expect(found.problems).toEqual([at('removed', row - 1), at('removed', row)])
    expect(sealed.error_code).toBe(altered)
  })

  test('changed, they show, and nothing is sealed', async () => {
    const { found, sealed } = await tamper([`update audit_log set actor_id = 777 where id = ${row - 1}`], async () => ({
      found: await verify(),
      sealed: await sealAuditLog(systemContext()),
    }))
    expect(found.problems).toEqual([at('altered', row - 1)])
    expect(sealed.error_code).toBe(altered)
  })

  test('are told as they rest, also where the database itself made the changes', async () => {
    const changes = sql`json_object('title', json_object('new', 'Λόγος'))`
    await recordAct(systemContext(), { entity: 'course', id: 1, changes })
    await told(row + 1)
    expect(await verify()).toMatchObject({ valid: true })
    expect(await sealAuditLog(systemContext())).toEqual({ handled: 4 })
  })

  test('are sealed as they are, and the head then remembers the seal', async () => {
    expect((await sealAuditLog(systemContext())).handled).toBe(3)
    const hash = await db.prepare('select hash from audit_chain where audit_id = ?').bind(row).first<string>('hash')
    expect(await auditHeadOf(testEnv).read(0, 10)).toEqual({ rows: [], mark: { last_id: row, hash } })
    expect(await verify()).toMatchObject({ valid: true })
  })

  test('sealed and then taken from database and bucket alike, they show by what the head remembers', async () => {
    await sealAuditLog(systemContext())
    const kept = await (await testEnv.BACKUPS.get(auditSealKey(1, row)))!.text()
    await testEnv.BACKUPS.delete(auditSealKey(1, row))
    const { found, sealed } = await tamper(cutting(row - 3), async () => ({
      found: await verify(),
      sealed: await sealAuditLog(systemContext()),
    }))
    expect(found.problems).toEqual([at('removed', row)])
    expect(sealed.error_code).toBe(altered)
    await testEnv.BACKUPS.put(auditSealKey(1, row), kept)
  })
})

describe('an id of the log', () => {
  test('is given once, also after the newest rows were cut off', async () => {
    const last = await lastRow()
    await tamper([`delete from audit_log where id > ${last - 3}`], async () => {
      await w.course()
      expect(await lastRow()).toBe(last + 1)
    })
    await w.course()
    expect(await lastRow()).toBe(last + 2)
  })

  test('is given once to whoever writes past Lyceum, too, and the mark of the highest never falls', async () => {
    const columns = 'at, actor_role, action, entity_type, success, method, path, status, request_id'
    const last = await lastRow()
    for (const id of ['-5', '0', 'null'])
      await db.prepare(`insert into audit_log (id, ${columns}) select ${id}, ${columns} from audit_log limit 1`).run()
    expect(await lastRow()).toBe(last + 3)
    expect(await numberOf('select min(id) as n from audit_log')).toBeGreaterThan(0)
    await expect(db.prepare('update audit_high_water set last = 1').run()).rejects.toThrow('audit_high_water_falls')
    await expect(db.prepare('delete from audit_high_water').run()).rejects.toThrow('audit_high_water_falls')
  })
})

test('a row that was written behind the back of the API is named when it is sealed', async () => {
  await sealAuditLog(systemContext())
  const before = await lastRow()
  await db
    .prepare(
      `insert into audit_log (at, actor_id, actor_role, action, entity_type, entity_id, changes, success, method, path, status, request_id)
       values ('2026-11-01T00:00:00.000Z', 1, 'registrar', 'result.update', 'result', '1', '{}', 1, 'PATCH', '/api/v1/results/1', 200, 'forged')`,
    )
    .run()
  await w.course()
  await told(await lastRow())
  const said = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  await sealAuditLog(systemContext())
  const lines = said.mock.calls.map(([line]) => JSON.parse(String(line)) as object)
  said.mockRestore()
  expect(lines).toMatchObject([{ event: 'audit_rows_not_told', rows: 1, from_id: before + 1, to_id: before + 1 }])
})
