import { beforeAll, describe, expect, test } from 'vitest'
import { startBackup, startRestore } from '#/operations/backup/start.ts'
import { listBackups } from '#/operations/backup-store/store.ts'
import { countRows, testEnv, type World, world } from '../../world.ts'
import { backUp, contents, findRun, giveUp, restore, work, worker, workOn } from './backups.ts'
import { dies, immortal, mortal, untilCall } from '../../platform/work/mortal.ts'

const points = 20
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

/** Deaths all over a run of so many calls, half of them just before a call, half just after. */
const deaths = (calls: number) =>
  Array.from({ length: points }, (_, point) =>
    untilCall(1 + Math.floor((point * calls) / points), point % 2 === 0 ? 'before' : 'after'),
  )

describe('a backup whose worker dies', () => {
  test('is not listed as good, and the next worker finishes it', async () => {
    const life = immortal()
    await backUp('whole', worker(mortal(testEnv, life)))
    // The last calls say that it is good.
    for (const [point, death] of deaths(life.calls - 8).entries()) {
      const name = `dying-${point}`
      const run = await startBackup(worker(), name)
      await dies(work(run, worker(mortal(testEnv, death))))
      expect([point, (await summaryOf(name))?.is_good ?? null]).toEqual([point, null])
      expect([point, (await work(run)).error_code]).toEqual([point, null])
      expect([point, (await summaryOf(name))!.is_good]).toEqual([point, true])
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

describe('a restore whose worker dies', () => {
  const rename = (last_name: string) => w.registrar.patch(`/students/${studentId}`, { last_name })
  let calls: number
  let saved: Record<string, string[]>
  beforeAll(async () => {
    await backUp('good')
    saved = academic(await contents())
    const life = immortal()
    await restore('good', worker(mortal(testEnv, life)))
    // The last call is the swap.
    calls = life.calls - 1
  }, 60_000)

  test('has changed nothing, and writes are let in again when its time is over', async () => {
    await rename('Changed')
    let live = academic(await contents())
    const codes = new Set<string>()
    for (const [point, death] of deaths(calls).entries()) {
      const run = await startRestore(worker(), 'good', 'good')
      await dies(work(run, worker(mortal(testEnv, death))))
      expect([point, academic(await contents())]).toEqual([point, live])

      const { phase } = (await findRun(run.id)).progress
      const meanwhile = await rename(`Meanwhile ${point}`)
      expect([point, meanwhile.error?.code]).toEqual([point, phase === 'read' ? undefined : 'MAINTENANCE'])
      live = academic(await contents())
      await testEnv.DB.prepare("update maintenance set until = '2026-01-01T00:00:00.000Z'").run()
      if (phase === 'read') await giveUp(run.id)
      else await workOn(run.id)
      codes.add((await findRun(run.id)).error_code!)

      expect([point, academic(await contents())]).toEqual([point, live])
      expect((await rename(`Afterwards ${point}`)).status).toBe(200)
      expect(await leftovers()).toBe(0)
      live = academic(await contents())
    }
    expect([...codes].toSorted()).toEqual(['BACKUP_GAVE_UP', 'RESTORE_INTERRUPTED'])
  }, 240_000)

  test('is finished by the next worker that comes in time', async () => {
    for (const [point, death] of deaths(calls).entries()) {
      await rename(`Changed ${point}`)
      const run = await startRestore(worker(), 'good', 'good')
      await dies(work(run, worker(mortal(testEnv, death))))
      expect([point, (await work(run)).error_code]).toEqual([point, null])
      expect([point, academic(await contents())]).toEqual([point, saved])
      expect(await leftovers()).toBe(0)
    }
  }, 240_000)
})

/** What a restore brings back: all but the audit log and messages on their way. */
const academic = (all: Record<string, string[]>) =>
  Object.fromEntries(Object.entries(all).filter(([table]) => !table.startsWith('audit_') && table !== 'outbox'))
