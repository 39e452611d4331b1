import { beforeAll, describe, expect, test } from 'vitest'
import { deleteOldBackups } from '#/operations/backup-store/index.ts'
import { listBackups, type Summary, putIndex, putSegment, markVerified } from '#/operations/backup-store/store.ts'
import { newId, system } from '#/platform/context.ts'
import { settingsOf } from '#/platform/env.ts'
import { signAccessToken } from '#/access/session/index.ts'
import { auditRows, caller, type Persona, testEnv, world } from '../../world.ts'
import { backUp, finished, worker } from './backups.ts'

let admin: Persona
beforeAll(async () => {
  admin = await (await world()).admin()
})

const names = async () => (await listBackups(worker())).map(({ name }) => name)
const deleteAll = async () => {
  for (const name of await names()) await testEnv.BACKUPS.delete(`backup-indexes/${name}`)
}

describe('an administrator', () => {
  test('makes, sees, verifies, downloads and deletes a backup', async () => {
    const ordered = await admin.post('/backups')
    expect(ordered.status).toBe(202)
    expect(ordered.data).toMatchObject({ task: 'backup', status: 'under_way', phase: 'copy', error: null })
    const { name } = ordered.data
    expect(name).toMatch(/^backup_\d{8}_\d{6}$/)
    expect(await finished(admin, name)).toMatchObject({ status: 'done', phase: 'done', error: null })

    const { data } = await admin.get('/backups')
    expect(data.items[0]).toMatchObject({ name, is_good: true, kid: 'local-first' })
    const details = await admin.get('~/health/details')
    expect(details.data.last_backup).toMatchObject({ name, age_seconds: expect.toSatisfy((age: number) => age < 60) })
    expect((await admin.post(`/backups/${name}/verify`)).status).toBe(202)
    expect(await finished(admin, name)).toMatchObject({ task: 'verify', status: 'done' })

    const { response, headers } = await admin.get(`/backups/${name}/file`)
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect(headers.get('content-disposition')).toBe(`attachment; filename="${name}.lyceum"`)
    expect(bytes.length).toBe(data.items[0]!.bytes)
    expect(new TextDecoder().decode(bytes.subarray(0, 8))).toBe('LYCEUMB1')

    const last = await admin.delete(`/backups/${name}`)
    expect([last.status, last.error!.code]).toEqual([409, 'BACKUP_IS_LAST'])
    await backUp('another')
    expect((await admin.delete(`/backups/${name}`)).status).toBe(204)
    expect(await names()).toEqual(['another'])
    expect((await testEnv.BACKUPS.list({ prefix: `backups/${name}/` })).objects).toEqual([])
    expect((await admin.get(`/backups/${name}/file`)).status).toBe(404)
    expect(await auditRows('backup', name)).toMatchObject([
      { action: 'backup.delete', actor_id: admin.userId },
      { action: 'backup.download', actor_id: admin.userId },
      { action: 'backup.verify', actor_id: admin.userId },
      { action: 'backup.create', actor_id: admin.userId },
    ])
  })

  test('names a backup once, and makes one at a time', async () => {
    await backUp('named')
    const again = await admin.post('/backups', { name: 'named' })
    expect([again.status, again.error!.code]).toEqual([409, 'BACKUP_EXISTS'])
    const both = await Promise.all([admin.post('/backups', { name: 'one' }), admin.post('/backups', { name: 'two' })])
    expect(both.map(({ status }) => status).toSorted()).toEqual([202, 409])
    expect(both.find(({ status }) => status === 409)!.error!.code).toBe('BACKUP_UNDER_WAY')
    await finished(admin, both.find(({ status }) => status === 202)!.data.name)
    expect((await admin.get('/backups/runs')).data.items.length).toBeGreaterThan(1)
  })

  test.each([
    '../secrets',
    '..',
    'a..b',
    'a/b',
    'a%2Fb',
    '%2e%2e',
    'ü',
    'a'.repeat(129),
    'keys',
    'rewrap',
    'runs',
    'a\u0000',
  ])('cannot name one %j', async (name) => {
    const answer = await admin.post('/backups', { name })
    expect([answer.status, answer.error!.code]).toEqual([422, 'VALIDATION_ERROR'])
  })

  test.each(['a..b', '..%2F..%2Fsecrets', '%2e%2e%2fx', 'a%00'])('reaches nothing by the name %j', async (name) => {
    for (const path of [`/backups/${name}`, `/backups/${name}/file`]) {
      const answer = await admin.get(path)
      expect([path, answer.status, answer.error!.code]).toEqual([path, 422, 'VALIDATION_ERROR'])
    }
  })

  test('repeats the name to restore, and is told what there is not', async () => {
    await backUp('precious')
    const answer = await admin.post('/backups/precious/restore', { confirm: 'yes' })
    expect([answer.status, answer.error!.code]).toEqual([400, 'BACKUP_NOT_CONFIRMED'])
    for (const [method, path] of [
      ['post', '/backups/none/verify'],
      ['delete', '/backups/none'],
      ['get', '/backups/none'],
    ] as const) {
      const missing = await admin[method](path)
      expect([path, missing.status, missing.error!.code]).toEqual([path, 404, 'BACKUP_NOT_FOUND'])
    }
  })

  test('with a second factor gives a fresh code before a restore, a rotation, a download', async () => {
    const actor = { ...system, id: admin.userId, role: 'admin' as const, sessionId: newId(), verifiedAt: 0 }
    const me = caller(await signAccessToken(settingsOf(testEnv), actor, new Date().toISOString()))
    for (const path of ['/backups/precious/restore', '/backups/keys/rotate']) {
      const answer = await me.post(path, path.endsWith('restore') ? { confirm: 'precious' } : undefined)
      expect([path, answer.status, answer.error!.code]).toEqual([path, 403, 'STEP_UP_REQUIRED'])
    }
    expect((await me.get('/backups/precious/file')).error!.code).toBe('STEP_UP_REQUIRED')
  })
})

describe('retention', () => {
  const day = 24 * 60 * 60 * 1000
  /** Backups of that many days, the newest of today. */
  async function daily(count: number): Promise<Summary[]> {
    await deleteAll()
    const made: Summary[] = []
    for (let age = 0; age < count; age += 1) {
      const created_at = new Date(Date.now() - age * day).toISOString()
      const name = `daily-${String(age).padStart(2, '0')}`
      const segments = [await putSegment(worker(), name, 0, new Uint8Array(1))]
      const summary = {
        name,
        created_at,
        finished_at: created_at,
        rows: 1,
        bytes: 1,
        kid: 'k',
        verified_at: null,
        is_good: null,
      }
      await putIndex(worker(), { header: '', segments }, summary)
      made.push(summary)
    }
    return made
  }

  test('of fifteen backups deletes the five oldest', async () => {
    const made = await daily(15)
    expect(await deleteOldBackups(worker())).toBe(5)
    expect(await names()).toEqual(made.slice(0, 10).map(({ name }) => name))
    expect(await deleteOldBackups(worker())).toBe(0)
    const { objects } = await testEnv.BACKUPS.list({ prefix: 'backups/daily-' })
    expect(objects).toHaveLength(10)
    expect(await auditRows('backup', 'daily-14')).toMatchObject([{ action: 'backup.delete', actor_id: null }])
  })

  test('never deletes the newest unharmed ones of three days', async () => {
    const made = await daily(15)
    for (const { name } of made.slice(0, 13)) await markVerified(worker(), name, false)
    expect(await deleteOldBackups(worker())).toBe(3)
    expect(await names()).toEqual([...made.slice(0, 10), ...made.slice(13)].map(({ name }) => name))
  })

  test('takes a verified one for better than newer ones that nobody has read back', async () => {
    const made = await daily(15)
    await markVerified(worker(), made[14]!.name, true)
    const last = await admin.delete(`/backups/${made[14]!.name}`)
    expect([last.status, last.error!.code]).toEqual([409, 'BACKUP_IS_LAST'])
    expect(await deleteOldBackups(worker())).toBe(4)
    expect(await names()).toEqual([...made.slice(0, 10), made[14]!].map(({ name }) => name))
  })

  test('keeps everything of the last seven days', async () => {
    const made = await daily(1)
    for (let n = 0; n < 20; n += 1) {
      const name = `today-${n}`
      await putIndex(worker(), { header: '', segments: [] }, { ...made[0]!, name })
    }
    expect(await deleteOldBackups(worker())).toBe(0)
  })
})
