import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { newId } from '#/platform/context.ts'
import { backupWork } from '#/operations/backup/index.ts'
import { startBackup, startRestore } from '#/operations/backup/start.ts'
import { listBackups, readIndex } from '#/operations/backup-store/store.ts'
import { countRows, testEnv, type World, world } from '../../world.ts'
import { backUp, contents, findRun, giveUp, shownErrors, slowClock, work, worker, workOn } from './backups.ts'
import { dies, immortal, mortal, untilCall, untilEffect } from '../../platform/work/mortal.ts'

const leftovers = () => countRows("sqlite_master where name like 'restore_%' or name like 'backup_note_%'")
const summaryOf = async (name: string) => (await listBackups(worker())).find((one) => one.name === name)

let w: World
let studentId: number
beforeAll(async () => {
  w = await world()
  const section = await w.section()
  studentId = (await w.student()).id
  await w.enroll(section.id, studentId)
})

describe('a backup whose worker dies', () => {
  test('is not listed as good, and the next worker finishes it', async () => {
    const life = immortal()
    await work(await startBackup(worker(), 'whole'), worker(mortal(testEnv, life)))
    // The last two say that it is good.
    for (let death = 1; death <= life.effects - 2; death += 1) {
      const name = `dying-${death}`
      const run = await startBackup(worker(), name)
      await dies(work(run, worker(mortal(testEnv, untilEffect(death)))))
      expect([death, (await summaryOf(name))?.is_good ?? null]).toEqual([death, null])
      expect([death, (await work(run)).error_code]).toEqual([death, null])
      expect([death, (await summaryOf(name))!.is_good]).toEqual([death, true])
      expect(await leftovers()).toBe(0)
    }
  }, 240_000)

  test('and is given up leaves nothing behind', async () => {
    const run = await startBackup(worker(), 'given-up')
    await dies(work(run, worker(mortal(testEnv, untilCall(12, 'after')))))
    await giveUp(run.id)
    expect(await findRun(run.id)).toMatchObject({ error_code: 'BACKUP_GAVE_UP' })
    expect(await summaryOf('given-up')).toBeUndefined()
    expect((await testEnv.BACKUPS.list({ prefix: 'backups/given-up/' })).objects).toEqual([])
    expect(await leftovers()).toBe(0)
  })
})

afterEach(() => void vi.restoreAllMocks())

test('a backup that is given up half made begins anew when it is taken up again, and is whole', async () => {
  await backUp('beside')
  slowClock(1000)
  const run = await startBackup(worker(), 'half-made')
  const stored = async () => {
    const { progress } = await findRun(run.id)
    return 'copying' in progress ? progress.copying.segments.length : 0
  }
  while ((await stored()) < 2) await workOn(run.id)
  const body = { ...backupWork.message(run.id), id: newId(), run_id: run.id }
  const { consumer } = backupWork.messageType
  await consumer.giveUp(worker(), body)
  expect((await testEnv.BACKUPS.list({ prefix: 'backups/half-made/' })).objects).toEqual([])
  await worker().db.batch([consumer.revive(worker(), body) as never])
  expect(await work(run)).toMatchObject({ error_code: null, progress: { phase: 'done' } })
  const { index, summary } = await readIndex(worker(), 'half-made')
  const { objects } = await testEnv.BACKUPS.list({ prefix: 'backups/half-made/' })
  expect(index.segments.map(({ key }) => key).toSorted()).toEqual(objects.map(({ key }) => key).toSorted())
  expect([summary.is_good, index.segments.length > 2]).toEqual([true, true])
})

describe('a restore whose worker dies', () => {
  const rename = (last_name: string) => w.registrar.patch(`/students/${studentId}`, { last_name })
  let effects: number
  beforeAll(async () => {
    await backUp('good')
    const life = immortal()
    await work(await startRestore(worker(), 'good', 'good'), worker(mortal(testEnv, life)))
    effects = life.effects
  }, 60_000)

  test('has changed nothing until the last thing it does, and writes are let in again when its time is over', async () => {
    await rename('Changed')
    let live = academic(await contents())
    const codes = new Set<string>()
    for (let death = 1; death < effects; death += 1) {
      const run = await startRestore(worker(), 'good', 'good')
      await dies(work(run, worker(mortal(testEnv, untilEffect(death)))))
      expect([death, academic(await contents())]).toEqual([death, live])

      const { phase } = (await findRun(run.id)).progress
      const meanwhile = await rename(`Meanwhile ${death}`)
      expect([death, meanwhile.error?.code]).toEqual([death, phase === 'read' ? undefined : 'MAINTENANCE'])
      live = academic(await contents())
      await testEnv.DB.prepare("update maintenance set until = '2026-01-01T00:00:00.000Z'").run()
      if (phase === 'read') await giveUp(run.id)
      else await workOn(run.id)
      codes.add((await findRun(run.id)).error_code!)

      expect([death, academic(await contents())]).toEqual([death, live])
      expect((await rename(`Afterwards ${death}`)).status).toBe(200)
      expect(await leftovers()).toBe(0)
      live = academic(await contents())
    }
    expect([...codes].toSorted()).toEqual(['BACKUP_GAVE_UP', 'RESTORE_INTERRUPTED'])
    expect((await shownErrors(await w.admin(), 'good'))[0]).toBe('RESTORE_INTERRUPTED')
  }, 240_000)
})

/** What a restore brings back: all but the audit log and messages on their way. */
const academic = (all: Record<string, string[]>) =>
  Object.fromEntries(Object.entries(all).filter(([table]) => !table.startsWith('audit_') && table !== 'outbox'))
