import { backgroundContext } from '#/platform/background-context.ts'
import type { Context } from '#/platform/context.ts'
import { backedUp, lineOf, readCatalog } from '#/operations/snapshot/catalog.ts'
import { decryptChunk } from '#/operations/backup-file/index.ts'
import { cipherOf, framesAt } from '#/operations/backup-store/read.ts'
import { readIndex } from '#/operations/backup-store/store.ts'
import { primary } from '#/operations/snapshot/d1.ts'
import { backupWork } from '#/operations/backup/index.ts'
import { startBackup, startRestore, startVerification } from '#/operations/backup/start.ts'
import type { Run } from '#/operations/backup/table.ts'
import { expect, vi } from 'vitest'
import { type Persona, testEnv } from '../../world.ts'
import { everyQueue } from '../../platform/queue/every-queue.ts'

/** The Context of work in the background; what it sends to the queue is dropped, so that a test takes every step itself. */
export function worker(bindings: Partial<Record<'DB' | 'BACKUPS' | 'BACKUP_KEYS', object | string>> = {}): Context {
  const silent = { send: async () => undefined, sendBatch: async () => undefined }
  const env = { ...testEnv, ...everyQueue(silent), ...bindings } as unknown as Context['env']
  return backgroundContext(env, { waitUntil: () => undefined }, 'backup.restore', 'backup.work')
}

export const findRun = async (id: string): Promise<Run> => (await backupWork.find(worker(), id))!
/** What one message does. */
export const workOn = (id: string, by = worker()) => backupWork.handle(by, id)
export const giveUp = (id: string) => backupWork.giveUp(worker(), id)

/** Works on a run until it has ended, or until the worker dies. */
export async function work({ id }: { id: string }, by = worker()): Promise<Run> {
  for (let message = 0; message < 1000; message += 1) {
    const run = await findRun(id)
    if (run.finished_at) return run
    await workOn(id, by)
  }
  throw new Error('the run does not end')
}

/** Every look at the clock takes so many milliseconds, until mocks are restored: a step does little, and a message takes few steps. */
export function slowClock(milliseconds: number): void {
  let now = Date.now()
  vi.spyOn(Date, 'now').mockImplementation(() => (now += milliseconds))
}

/** Waits until the queue has finished what was done with a backup last; answers that run as the API shows it. */
export const finished = (by: Persona, name: string) =>
  vi.waitFor(
    async () => {
      const { data } = await by.get(`/backups/${name}`)
      expect(data.runs[0]!.status).not.toBe('under_way')
      return data.runs[0]
    },
    { timeout: 60_000, interval: 100 },
  )

/** How what was done with a backup ended, the newest first, as the API shows it. */
export const shownErrors = async (by: Pick<Persona, 'get'>, name: string) =>
  (await by.get(`/backups/${name}`)).data.runs.map(({ error }) => error?.code ?? null)

export const backUp = async (name: string, by = worker()) => work(await startBackup(by, name), by)
export const verify = async (name: string, by = worker()) => work(await startVerification(by, name), by)
export const restore = async (name: string, by = worker()) => work(await startRestore(by, name, name), by)

/** Table -> its rows as JSON, in one order. */
export async function contents(): Promise<Record<string, string[]>> {
  const d1 = primary(worker())
  const tables = backedUp(await readCatalog(d1))
  const answers = await d1.batch<{ line: string }>(
    tables.map((table) => d1.prepare(`select ${lineOf(table, 't')} as line from "${table.name}" t order by line`)),
  )
  return Object.fromEntries(tables.map(({ name }, place) => [name, answers[place]!.results.map(({ line }) => line)]))
}

/** The statements that made the schema, in one order and one spelling. */
export async function schema(): Promise<string[]> {
  const { objects } = await readCatalog(primary(worker()))
  return objects
    .map(({ type, name, sql }) => `${type} ${name}: ${sql.replaceAll('"', '').replaceAll(/\s+/g, ' ').toLowerCase()}`)
    .toSorted()
}

/** What a backup holds: table -> the lines of its rows, those included that changed while it was made. */
export async function textOf(name: string): Promise<Map<string, string>> {
  const { index } = await readIndex(worker(), name)
  const cipher = await cipherOf(worker(), index)
  const tables = new Map<string, string>()
  let chunk = 0
  for (const segment of index.segments.keys()) {
    for await (const frame of framesAt(worker(), index, { segment, chunk })) {
      const text = new TextDecoder().decode(await decryptChunk(cipher, frame))
      tables.set(frame.table, (tables.get(frame.table) ?? '') + text)
      chunk = frame.number + 1
    }
  }
  return tables
}
