import { beforeAll, expect, test } from 'vitest'
import { backedUp, readCatalog } from '#/operations/snapshot/catalog.ts'
import { linesOf, decryptChunk } from '#/operations/backup-file/chunk.ts'
import { primary } from '#/operations/snapshot/d1.ts'
import type { Manifest } from '#/operations/backup-file/manifest.ts'
import { cipherOf, framesAt } from '#/operations/backup-store/read.ts'
import { keyOfLine } from '#/operations/snapshot/read-page.ts'
import { startBackup } from '#/operations/backup/start.ts'
import { readIndex } from '#/operations/backup-store/store.ts'
import { testEnv, type World, world } from '../../world.ts'
import { contents, restore, work, worker } from '../backup/backups.ts'
import { dies, immortal, type Life, mortal, untilCall } from '../../platform/work/mortal.ts'

const writers = 20
const meeting = { weekday: 1, start: '09:00', end: '10:00', room: 'A1' }

let w: World
let sectionId: number
/** Taught at a time that is taken back while the backup runs. */
let movedId: number
let studentIds: number[]
beforeAll(async () => {
  w = await world()
  sectionId = (await w.section({ capacity: 100_000 })).id
  movedId = (await w.section()).id
  await w.registrar.put(`/sections/${movedId}/meetings`, { meetings: [meeting] })
  studentIds = []
  for (let n = 0; n < writers; n += 1) studentIds.push((await w.student()).id)
}, 60_000)

test('a backup under the load of twenty writers is one state of the database', async () => {
  const acknowledged = new Set<number>()
  const now = { isBegun: false, isOver: false }
  const enough = Promise.withResolvers<void>()
  /** Of the writers that wait for theirs. */
  const turns: (() => void)[] = []
  let writes = 0
  /** Each writer adds, changes and removes: students and their seats, names, meetings. */
  const writer = async (studentId: number) => {
    while (!now.isOver) {
      const added = await w.student()
      if (!now.isBegun) acknowledged.add(added.id)
      if (acknowledged.size >= writers) enough.resolve()
      await w.enroll(sectionId, added.id)
      await w.registrar.patch(`/students/${studentId}`, { last_name: `Name ${(writes += 1)}` })
      await w.registrar.put(`/sections/${sectionId}/meetings`, { meetings: writes % 2 === 0 ? [] : [meeting] })
      if (now.isBegun && !now.isOver) await new Promise<void>((resolve) => void turns.push(resolve))
    }
  }
  const writing = studentIds.map(writer)
  await enough.promise
  now.isBegun = true
  const run = await startBackup(worker(), 'busy')
  await dies(
    work(
      run,
      worker(
        mortal(
          testEnv,
          eachCall(untilCall(8, 'before'), () => turns.shift()?.()),
        ),
      ),
    ),
  )
  await w.registrar.put(`/sections/${movedId}/meetings`, { meetings: [] })
  expect(
    await work(
      run,
      worker(
        mortal(
          testEnv,
          eachCall(immortal(), () => turns.shift()?.()),
        ),
      ),
    ),
  ).toMatchObject({ error_code: null })
  now.isOver = true
  for (const go of turns) go()
  await Promise.all(writing)

  const { manifest, tables, changes } = await read('busy')
  // Writes went on all the time, and removed rows as well.
  expect(changes.replaced).toBeGreaterThan(writers)
  expect(changes.gone).toBeGreaterThan(0)
  expect(manifest.tables.map(({ name, rows }) => [name, rows])).toEqual(
    manifest.tables.map(({ name }) => [name, tables.get(name)?.size ?? 0]),
  )
  expect(await restore('busy')).toMatchObject({ error_code: null, error_where: null })
  const restored = await contents()
  for (const { name } of manifest.tables)
    if (!name.startsWith('audit_') && name !== 'outbox')
      expect([name, restored[name]]).toEqual([name, [...(tables.get(name)?.values() ?? [])].toSorted()])

  const { results } = await testEnv.DB.prepare('pragma foreign_key_check').all()
  expect(results).toEqual([])
  const seats = await testEnv.DB.prepare(
    "select s.seats_taken as counted, (select count(*) from enrollment e where e.section_id = s.id and e.status = 'enrolled') as taken from section s where s.id = ?",
  )
    .bind(sectionId)
    .first<{ counted: number; taken: number }>()
  expect(seats!.counted).toBe(seats!.taken)
  const there = new Set(restored['student']!.map((line) => (JSON.parse(line) as [number])[0]))
  expect([...acknowledged].filter((id) => !there.has(id))).toEqual([])
}, 120_000)

/** A life that says when its worker makes a call: with each a writer begins its next round, so that neither side waits for the other's end. */
const eachCall = (life: Life, told: () => void): Life =>
  new Proxy(life, {
    set: (target, key, value) => {
      if (key === 'calls') told()
      return Reflect.set(target, key, value)
    },
  })

/** The rows of a backup by table and key, with its changes applied, and how many lines of changes there were. */
async function read(name: string) {
  const { index } = await readIndex(worker(), name)
  const cipher = await cipherOf(worker(), index)
  const catalog = await readCatalog(primary(worker()))
  const byName = new Map(backedUp(catalog).map((table) => [table.name, table]))
  const tables = new Map<string, Map<string, string>>()
  const changes = { replaced: 0, gone: 0 }
  let chunk = 0
  let manifest: Manifest | undefined
  for (const segment of index.segments.keys()) {
    for await (const frame of framesAt(worker(), index, { segment, chunk })) {
      chunk = frame.number + 1
      const lines = linesOf(await decryptChunk(cipher, frame))
      if (frame.kind === 'manifest') manifest = JSON.parse(lines[0]!) as Manifest
      if (frame.kind === 'manifest') continue
      const rows = tables.get(frame.table) ?? new Map<string, string>()
      tables.set(frame.table, rows)
      for (const line of lines) {
        const { gone } = JSON.parse(line) as { gone?: unknown[] }
        if (frame.kind === 'changes') changes[gone ? 'gone' : 'replaced'] += 1
        if (gone) rows.delete(JSON.stringify(gone))
        else rows.set(keyOfLine(byName.get(frame.table)!, line), line)
      }
    }
  }
  return { manifest: manifest!, tables, changes }
}
