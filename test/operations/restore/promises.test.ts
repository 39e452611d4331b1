import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { newCopying, copyOn, copyingAnew } from '#/operations/snapshot/index.ts'
import { currentKey } from '#/operations/backup-store/index.ts'
import {
  deleteObjects,
  listBackups,
  putIndex,
  putSegment,
  readIndex,
  replaceIndex,
} from '#/operations/backup-store/store.ts'
import { keepMaintenance } from '#/operations/restore/maintenance.ts'
import { backupWork } from '#/operations/backup/index.ts'
import { startBackup, startRestore } from '#/operations/backup/start.ts'
import type { Context } from '#/platform/context.ts'
import { refusal } from '../../call.ts'
import { meanwhile } from '../../platform/database/between.ts'
import { auditRows, countRows, type Persona, testEnv, type World, world } from '../../world.ts'
import { dies, mortal, untilEffect } from '../../platform/work/mortal.ts'
import { backUp, findRun, giveUp, slowClock, work, worker, workOn } from '../backup/backups.ts'

let w: World
let student: number
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
  student = (await w.student()).id
  await backUp('good')
})
afterEach(async () => {
  vi.useRealTimers()
  await testEnv.DB.prepare('delete from maintenance').run()
})

const rename = () => w.registrar.patch(`/students/${student}`, { last_name: `Name ${crypto.randomUUID()}` })
const maintainedUntil = (until: string) =>
  testEnv.DB.prepare('insert into maintenance (id, until) values (1, ?)').bind(until).run()
const at = (ms: number) => new Date(ms).toISOString()
const segments = async (name: string) => (await testEnv.BACKUPS.list({ prefix: `backups/${name}/` })).objects.length

describe('while a backup is restored', () => {
  test('an attempt that is refused stays on record', async () => {
    const outsider = await w.studentPersona()
    await maintainedUntil('2999-01-01T00:00:00.000Z')
    const denied = await outsider.post('/programs', { code: 'DENIED', title: 'Denied' })
    expect(refusal(denied)).toEqual([403, 'HTTP_403'])
    expect(await auditRows('account', outsider.userId)).toMatchObject([{ action: 'program.create', status: 403 }])
  })

  test('the database lets writes in again at the very moment at which the lease ends', async () => {
    const end = Date.now() + 60_000
    await maintainedUntil(at(end))
    vi.useFakeTimers({ toFake: ['Date'], now: end - 1 })
    expect(refusal(await rename())).toEqual([503, 'MAINTENANCE'])
    vi.setSystemTime(end)
    expect((await rename()).status).toBe(200)
  })
})

describe('a restore whose worker was killed', { timeout: 120_000 }, () => {
  let effect = 1
  /** Killed when it had the database to itself. */
  async function killed() {
    for (; ; effect += 1) {
      const run = await startRestore(worker(), 'good', 'good')
      await dies(work(run, worker(mortal(testEnv, untilEffect(effect)))))
      if ((await findRun(run.id)).progress.phase === 'load') return run
      await giveUp(run.id)
    }
  }
  const restIsGone = async () => {
    expect(await countRows('maintenance')).toBe(0)
    expect(await countRows("sqlite_master where name like 'restore\\_%' escape '\\'")).toBe(0)
    expect((await rename()).status).toBe(200)
  }

  test('holds the database for two minutes at most', async () => {
    const run = await killed()
    const until = await testEnv.DB.prepare('select until from maintenance').first<string>('until')
    expect(Date.parse(until!) - Date.now()).toBeLessThanOrEqual(120_000)
    await giveUp(run.id)
    await restIsGone()
  })

  test('goes on where it is taken up in time, and ends its maintenance', async () => {
    const run = await killed()
    expect(await work(run)).toMatchObject({ error_code: null, progress: { phase: 'done' } })
    await restIsGone()
  })

  test('is undone by the one message that takes it up too late', async () => {
    const run = await killed()
    const until = await testEnv.DB.prepare('select until from maintenance').first<string>('until')
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(until!) })
    await workOn(run.id)
    expect(await findRun(run.id)).toMatchObject({ error_code: 'RESTORE_INTERRUPTED' })
    vi.useRealTimers()
    await restIsGone()
  })
})

describe('a backup that fails', () => {
  test('leaves nothing in R2, and takes nothing of another one', async () => {
    const run = await startBackup(worker(), 'failing')
    await putSegment(worker(), 'failing', 0, new Uint8Array([1]))
    await putSegment(worker(), 'failing-not', 0, new Uint8Array([1]))
    await giveUp(run.id)
    expect([await segments('failing'), await segments('failing-not')]).toEqual([0, 1])
    expect((await listBackups(worker())).map(({ name }) => name)).not.toContain('failing')
  })

  test('leaves the segments of a backup that exists under its name, and of one that makes it anew', async () => {
    const ctx = worker()
    const { id } = await startBackup(ctx, 'anew')
    await giveUp(id)
    const again = await startBackup(ctx, 'anew')
    await putSegment(ctx, 'anew', 0, new Uint8Array([1]))
    await giveUp(id)
    expect(await segments('anew')).toBe(1)
    await giveUp(again.id)
    expect(await segments('anew')).toBe(0)
    await backUp('anew')
    const kept = await segments('anew')
    await giveUp(id)
    expect([kept > 0, await segments('anew')]).toEqual([true, kept])
  })

  test('of a name that another one got meanwhile leaves that one whole', async () => {
    const ctx = worker()
    const [first, second] = [
      await newCopying(ctx, 'twice', await currentKey(ctx)),
      await newCopying(ctx, 'twice', await currentKey(ctx)),
    ]
    const copied = async (copying: typeof first) => {
      for (let at = copying; ;) {
        const { copying: next, isWhole, work: statements } = await copyOn(ctx, at)
        if (statements.length > 0)
          await testEnv.DB.batch(statements.map((one) => (one as unknown as { inner: D1PreparedStatement }).inner))
        if (isWhole) return
        at = next
      }
    }
    await copied(first)
    const kept = await segments('twice')
    await expect(copied(copyingAnew(second))).rejects.toThrow('BACKUP_EXISTS')
    expect((await segments('twice')) > kept).toBe(true)
    const { id } = await startBackup(ctx, 'twice-over')
    await giveUp(id)
    expect((await admin.post('/backups/twice/verify')).status).toBe(202)
    await vi.waitFor(async () => {
      expect((await admin.get('/backups/twice')).data.backup!.is_good).toBe(true)
    }, 30_000)
  })
})

test('an index that somebody else replaced meanwhile is not replaced', async () => {
  const { summary } = await readIndex(worker(), 'good')
  const noted = { ...summary, name: 'noted' }
  await putIndex(worker(), { header: '', segments: [] }, noted)
  const { index, etag } = await readIndex(worker(), 'noted')
  await replaceIndex(worker(), { ...index, header: 'AA==' }, noted, etag)
  await expect(replaceIndex(worker(), index, noted, etag)).rejects.toThrow('STALE_STATE')
  expect((await readIndex(worker(), 'noted')).index.header).toBe('AA==')
  await deleteObjects(worker(), 'noted')
})

test('a step of a restore that comes after the end of the lease writes nothing', async () => {
  const ctx = worker()
  const lapsed = at(Date.now() - 1)
  await maintainedUntil(lapsed)
  const [keeping, ...rest] = keepMaintenance(ctx)
  await expect(ctx.db.batch([keeping!, ...rest])).rejects.toThrow()
  expect(await testEnv.DB.prepare('select until from maintenance').first('until')).toBe(lapsed)
})

describe('a worker that is overtaken while it restores', () => {
  /** What rests in the tables beside the live ones. */
  async function shadows() {
    const { results } = await testEnv.DB.prepare(
      "select name from sqlite_master where type = 'table' and name like 'restore\\_%' escape '\\' order by name",
    ).all<{ name: string }>()
    const rows: [string, number][] = []
    for (const { name } of results) rows.push([name, await countRows(name)])
    return rows
  }

  test.each(['load', 'merge'] as const)('writes nothing more: %s', async (phase) => {
    const run = await startRestore(worker(), 'good', 'good')
    const isAt = async () => (await findRun(run.id)).progress
    slowClock(7500)
    for (let at = await isAt(); at.phase !== phase || ('isChecked' in at && !at.isChecked); at = await isAt())
      await workOn(run.id)
    vi.restoreAllMocks()
    const before = await shadows()
    const DB = meanwhile(() =>
      testEnv.DB.prepare('update backup_run set step = step + 1 where id = ?').bind(run.id).run(),
    )
    await expect(workOn(run.id, worker({ DB }))).rejects.toThrow()
    expect(await shadows()).toEqual(before)
    await giveUp(run.id)
  })
})

describe('a run that nobody works on', () => {
  const resumed = async (now: number) => {
    const sent: unknown[] = []
    const ctx = worker()
    const env = {
      ...ctx.env,
      QUEUE_BULK: { send: async (body: unknown) => void sent.push(body) },
    } as unknown as Context['env']
    await backupWork.resume({ ...ctx, env, now: at(now) })
    return sent.length
  }

  test('is taken up when a minute is over and not before, and given up after a day and not before', async () => {
    const { id } = await startBackup(worker(), 'stranded')
    const [day, minute] = [86_400_000, 60_000]
    const now = Date.now() + 2 * day
    const set = (created: number, updated: number) =>
      testEnv.DB.prepare('update backup_run set created_at = ?, updated_at = ? where id = ?')
        .bind(at(created), at(updated), id)
        .run()
    await set(now - minute, now - minute)
    expect(await resumed(now)).toBe(0)
    expect(await resumed(now + 1)).toBe(1)
    await set(now - day, now - day)
    expect([await resumed(now), (await findRun(id)).error_code]).toEqual([1, null])
    expect([await resumed(now + 1), (await findRun(id)).error_code]).toEqual([0, 'BACKUP_GAVE_UP'])
  })
})
