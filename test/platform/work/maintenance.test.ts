import { beforeAll, describe, expect, test, vi } from 'vitest'
import { newId } from '#/platform/context.ts'
import { startBackup } from '#/operations/backup/start.ts'
import { refusal } from '../../call.ts'
import { findRun, finished, worker } from '../../operations/backup/backups.ts'
import { csv, importFile } from '../../exchange/import/files.ts'
import { order, queuedJob } from '../../paperwork/transcript-job/jobs.ts'
import { countRows, type Persona, testEnv, type World, world } from '../../world.ts'
import { buriedLetter, deliver } from '../queue/deliver.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

test('a message that comes while a backup is restored waits outside, and that counts as no failure', async () => {
  const job = await queuedJob((await w.student()).id, w.registrar)
  const body = order(job)
  await testEnv.DB.prepare("insert into maintenance (id, until) values (1, '2999-01-01T00:00:00.000Z')").run()
  const send = vi.spyOn(testEnv.QUEUE, 'send').mockResolvedValue({} as never)
  expect(await deliver('lyceum-work', { id: 'early', body })).toEqual({ done: ['early'], again: [] })
  expect(send.mock.calls).toEqual([[body, { delaySeconds: 60 }]])
  send.mockRestore()
  await testEnv.DB.prepare('delete from maintenance').run()
  expect(await deliver('lyceum-work', { id: 'late', body })).toEqual({ done: ['late'], again: [] })
  expect((await w.registrar.get(`/transcripts/jobs/${job}`)).data).toMatchObject({ status: 'ready', error_code: null })
})

test('an import that comes while a backup is restored is refused, and blames none of its rows', async () => {
  await testEnv.DB.prepare("insert into maintenance (id, until) values (1, '2999-01-01T00:00:00.000Z')").run()
  const file = csv([{ code: 'MAINT1', title: 'A course', credits: 5 }])
  expect(refusal(await importFile(w.registrar, 'courses', file))).toEqual([503, 'MAINTENANCE'])
  expect((await countRows("course where code = 'MAINT1'")) + (await countRows('import_error'))).toBe(0)
  await testEnv.DB.prepare('delete from maintenance').run()
  expect((await importFile(w.registrar, 'courses', file)).data).toMatchObject({ created: 1, failed: 0 })
})

describe('a backup that was given up', () => {
  test('is begun once more when its message is sent again', async () => {
    const { id } = await startBackup(worker(), 'again')
    const letter = await buriedLetter({ id: newId(), type: 'backup.work', run_id: id })
    expect(await findRun(id)).toMatchObject({ error_code: 'BACKUP_GAVE_UP' })
    expect((await admin.get('/backups/again')).data).toMatchObject({
      backup: null,
      runs: [{ status: 'failed', error: { code: 'BACKUP_GAVE_UP', where: null } }],
    })
    expect((await admin.post(`/queues/dead-letters/${letter}/retry`)).status).toBe(200)
    expect(await finished(admin, 'again')).toMatchObject({ status: 'done', error: null })
    expect((await admin.get('/backups/again')).data.backup).toMatchObject({ is_good: true })
  })
})
