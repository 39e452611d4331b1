import { beforeAll, expect, test } from 'vitest'
import { sealAuditLog } from '#/operations/audit-log/index.ts'
import { renewalWork } from '#/operations/audit-renewal/index.ts'
import type { Changes } from '#/platform/audit/table.ts'
import { openRows } from '#/platform/personal/open-rows.ts'
import { auditRows, countRows, type Persona, systemContext, testEnv, type World, world } from '../../world.ts'
import { spoil, tamper } from '../audit-log/tampering.ts'
import { untilEffect } from '../../platform/work/mortal.ts'
import { filesOf, oldName, oldRows, order, queued, sealAsBefore } from './old-rows.ts'

const db = testEnv.DB
const old = 6000
let w: World
let admin: Persona
let students: number[]
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
  students = []
  for (let n = 0; n < 7; n += 1) students.push((await w.student()).id)
})

const verify = async () => (await admin.get('/audit/verify?limit=20000')).data
const run = (chain: number) => renewalWork.find(systemContext(), `chain-${chain}`)

interface Row {
  id: number
  entity_type: string
  request_id: string
  changes: Changes
  reason: string | null
}

async function rowsOfOld(): Promise<Row[]> {
  const { results } = await db
    .prepare(
      "select id, entity_type, request_id, changes, reason from audit_log where request_id like 'old-%' order by id",
    )
    .all<Omit<Row, 'changes'> & { changes: string }>()
  return results.map((row) => ({ ...row, changes: JSON.parse(row.changes) as Changes }))
}

test('rows of an older version that were altered are not laundered: nothing is re-written', async () => {
  await oldRows(20, students)
  await sealAsBefore()
  await tamper([`update audit_log set actor_id = 777 where request_id = 'old-3'`], async () => {
    await order(2)
    await queued(2).empty()
    expect(await run(2)).toMatchObject({ error_code: 'AUDIT_LOG_ALTERED', position: 0, rewritten: 0 })
    expect((await sealAuditLog(systemContext())).error_code).toBe('AUDIT_LOG_ALTERED')
  })
  await db.prepare('delete from audit_renewal').run()
  for (const key of await filesOf('audit-seals/2/')) await testEnv.BACKUPS.delete(key)
  expect(await verify()).toMatchObject({ valid: true })
})

test('old rows are re-written under encryption in bounded steps, killed at twenty points: nothing is lost, nothing done twice', async () => {
  await oldRows(old, students)
  await sealAsBefore()
  const before = await rowsOfOld()
  const rows = await countRows('audit_log')
  const chain = await db
    .prepare('select * from audit_chain order by audit_id')
    .all<{ audit_id: number; hash: string }>()
  await order(2)
  const queue = queued(2)
  let deaths = 0
  while (queue.messages.length > 0) {
    const life = deaths < 20 ? untilEffect(1 + (deaths % 2)) : untilEffect(Infinity)
    await queue.empty(life)
    if (life.isOver) deaths += 1
    // Whoever looks meanwhile finds each row in one of the two chains.
    if (deaths === 9 || deaths === 17) expect((await verify()).problems).toEqual([])
  }
  expect(deaths).toBeGreaterThanOrEqual(20)
  expect(await run(2)).toMatchObject({ error_code: null, rewritten: chain.results.length })
  // But for the row of the beginning itself, nothing came.
  expect(await countRows('audit_log')).toBe(rows + 1)
  const [begun] = await auditRows('audit_renewal', 2)
  expect(begun).toMatchObject({ action: 'audit.verify', reason: null })
  expect(begun!.changes).toBe('{"chain":{"new":2},"problems":{"new":0}}')

  const rest = await rowsOfOld()
  expect(rest.filter((row) => /Παλιό|Λόγος/.test(JSON.stringify(row)))).toEqual([])
  expect(await openRows(systemContext(), rest)).toEqual(before)
  const { data } = await admin.get(`/audit/logs/${before.at(-1)!.id}`)
  expect(data.changes).toMatchObject({ last_name: { new: oldName(old) }, study_year: { old: 1, new: 2 } })

  const kept = await Promise.all(
    (await filesOf('audit-archive/1/')).map(
      async (key) => (await (await testEnv.BACKUPS.get(key))!.json<{ links: [number, string][] }>()).links,
    ),
  )
  expect(kept.flat().toSorted(([a], [b]) => a - b)).toEqual(chain.results.map(({ audit_id, hash }) => [audit_id, hash]))
  const note = await (await testEnv.BACKUPS.get('audit-seals/2/note.json'))!.json<{ before: object }>()
  const last = chain.results.at(-1)!
  expect(note.before).toEqual({ chain: 1, last_id: last.audit_id, hash: last.hash })
  expect((await filesOf('audit-seals/')).length).toBeGreaterThan(3)
  expect((await filesOf('audit-seals/2/')).length).toBeGreaterThan(3)

  expect(await verify()).toMatchObject({ valid: true, problems: [] })
  await w.course()
  expect((await sealAuditLog(systemContext())).error_code).toBeUndefined()
  expect(await verify()).toMatchObject({ valid: true, next_after: null })
}, 240_000)

interface Verification {
  valid: boolean
  problems: { kind: string }[]
  rows_checked: number
  erased: number
  next_after: number | null
}

const verifyFirst = async (after = 0, limit = 20_000): Promise<Verification> =>
  (await admin.get(`/audit/chains/1/verify?after=${after}&limit=${limit}`)).data as Verification

test('the first chain verifies as well: each row is what it was hashed as, in clear', async () => {
  const { rows_checked, ...first } = await verifyFirst()
  expect(first).toMatchObject({ valid: true, problems: [], erased: 0, next_after: null })
  expect(rows_checked).toBe((await run(2))!.rewritten)
  const pages: number[] = []
  for (let after: number | null = 0; after !== null;) {
    const page = await verifyFirst(after, 1000)
    expect(page.problems).toEqual([])
    pages.push((after = page.next_after) ?? -1)
  }
  expect(pages.length).toBeGreaterThan(5)
  for (const chain of [2, 7]) expect((await admin.get(`/audit/chains/${chain}/verify`)).status).toBe(404)
})

test('the first chain finds a row that was altered or removed, a hash that was changed or taken away, and counts what was erased', async () => {
  const { id } = (await rowsOfOld()).at(-5)!
  const altered = await tamper([`update audit_log set status = 201 where id = ${id}`], () => verifyFirst())
  expect(altered.problems).toEqual([{ kind: 'altered', from_id: id, to_id: id }])
  const gone = await tamper([`delete from audit_log where id = ${id}`], () => verifyFirst())
  expect(gone.problems).toEqual([{ kind: 'removed', from_id: id, to_id: id }])

  const key = (await filesOf('audit-archive/1/')).at(-1)!
  const piece = await (await testEnv.BACKUPS.get(key))!.text()
  const { links } = JSON.parse(piece) as { links: [number, string][] }
  await testEnv.BACKUPS.put(key, JSON.stringify({ links: [...links.slice(0, -1), [links.at(-1)![0], 'f'.repeat(64)]] }))
  expect((await verifyFirst()).problems.map(({ kind }) => kind)).toEqual(['altered', 'rewritten', 'rewritten'])
  await testEnv.BACKUPS.delete(key)
  expect((await verifyFirst()).valid).toBe(false)
  await testEnv.BACKUPS.put(key, piece)

  const told = students[0]!
  const [salt, rows] = [
    await db.prepare('select audit_salt from student where id = ?').bind(told).first<string>('audit_salt'),
    await countRows(`audit_log where request_id like 'old-%' and entity_id = '${told}'`),
  ]
  await db.prepare('update student set audit_salt = null where id = ?').bind(told).run()
  const without = await verifyFirst()
  await db.prepare('update student set audit_salt = ? where id = ?').bind(salt, told).run()
  expect(without).toMatchObject({ valid: true })
  expect(without.erased).toBeGreaterThanOrEqual(rows)
})

test('the second chain finds what the first one did, and a note that was taken away', async () => {
  const id = (await rowsOfOld()).at(-5)!.id
  const found = await tamper([`update audit_log set status = 201 where id = ${id}`], verify)
  expect(found.problems).toEqual([{ kind: 'altered', from_id: id, to_id: id }])
  const forged = await tamper(['delete from audit_renewal'], verify)
  expect(forged.valid).toBe(false)
  const note = await (await testEnv.BACKUPS.get('audit-seals/2/note.json'))!.text()
  await testEnv.BACKUPS.delete('audit-seals/2/note.json')
  expect((await verify()).valid).toBe(false)
  expect((await sealAuditLog(systemContext())).error_code).toBe('AUDIT_LOG_ALTERED')
  await testEnv.BACKUPS.put('audit-seals/2/note.json', note)
  expect((await verify()).valid).toBe(true)
})

test('rows that are gone for good end the alarm once somebody says why: a further chain begins, and its note tells what was missing', async () => {
  await sealAuditLog(systemContext())
  const last = (await db.prepare('select max(id) as id from audit_log').first<number>('id'))!
  for (const place of ['audit_log_no_delete', 'audit_chain_no_delete', 'audit_seal_no_delete'])
    await db.prepare(`drop trigger ${place}`).run()
  for (const place of ['audit_log where id', 'audit_chain where audit_id', 'audit_seal where last_id'])
    await db.prepare(`delete from ${place} > ${last - 4}`).run()
  expect((await sealAuditLog(systemContext())).error_code).toBe('AUDIT_LOG_ALTERED')
  await order(3, 'restored by Time Travel')
  await queued(3).empty()
  expect(await run(3)).toMatchObject({ error_code: null, finished_at: expect.any(String) })
  const note = await (await testEnv.BACKUPS.get('audit-seals/3/note.json'))!.json<{
    problems: object[]
    reason: string
  }>()
  expect(note).toMatchObject({
    reason: 'restored by Time Travel',
    problems: expect.arrayContaining([expect.objectContaining({ kind: 'removed' })]),
  })
  await w.course()
  expect((await sealAuditLog(systemContext())).error_code).toBeUndefined()
  // That something was passed over shows for good.
  const resumed = [
    { chain: 3, began_at: expect.any(String), reason: 'restored by Time Travel', problems: note.problems.length },
  ]
  expect(await verify()).toMatchObject({ valid: true, resumed })
  expect(await auditRows('audit_renewal', 3)).toMatchObject([
    {
      actor_role: 'system',
      reason: 'restored by Time Travel',
      changes: `{"chain":{"new":3},"problems":{"new":${note.problems.length}}}`,
      success: 1,
    },
  ])
}, 60_000)

test('nobody with the keys of the database takes back that a chain began for a reason, also when another has followed it', async () => {
  await order(4)
  await queued(4).empty()
  await sealAuditLog(systemContext())
  const hidden = await tamper(['update audit_renewal set reason = null'], verify)
  expect(hidden).toMatchObject({ valid: true, resumed: [{ chain: 3, reason: 'restored by Time Travel' }] })
  const whole = { kind: 'rewritten', from_id: 1, to_id: Number.MAX_SAFE_INTEGER }
  const ways = [
    "update audit_renewal set note = replace(note, 'restored', 'moved') where chain = 3",
    'delete from audit_renewal where chain = 3',
    "update audit_renewal set note = '' where chain = 3",
  ]
  for (const way of ways) expect((await tamper([way], verify)).problems).toContainEqual(whole)
  const inR2 = await spoil('audit-seals/3/note.json', (text) => text.replace('restored', 'moved'), verify)
  expect(inR2.problems).toEqual([whole])
  expect(await verify()).toMatchObject({ valid: true, problems: [] })
}, 60_000)
