import { beforeAll, describe, expect, test } from 'vitest'
import { sealAuditLog } from '#/operations/audit-log/index.ts'
import {
  auditRows,
  caller,
  countRows,
  password,
  type Persona,
  systemContext,
  testEnv,
  type World,
  world,
} from '../../world.ts'
import { startBackup, startRestore } from '#/operations/backup/start.ts'
import { backUp, finished, restore, shownErrors, work, worker } from '../backup/backups.ts'
import { dies, mortal, untilCall } from '../../platform/work/mortal.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

const signIn = (email: string) => caller(null).post('/auth/login', { email, password })

describe('while a backup is restored', () => {
  test('reading and signing in go on, writing is refused and says when to come again', async () => {
    const student = await w.student()
    await backUp('calm')
    await testEnv.DB.prepare("insert into maintenance (id, until) values (1, '2999-01-01T00:00:00.000Z')").run()
    const refused = await w.registrar.patch(`/students/${student.id}`, { last_name: 'Refused' })
    expect([refused.status, refused.error!.code, refused.headers.get('retry-after')]).toEqual([
      503,
      'MAINTENANCE',
      '60',
    ])
    expect((await w.registrar.get(`/students/${student.id}`)).data.last_name).toBe('Παππά')
    const { data, status } = await signIn(admin.email)
    expect(status).toBe(200)
    expect((await caller(null).post('/auth/refresh', { refresh_token: data.refresh_token })).status).toBe(200)
    await testEnv.DB.prepare('delete from maintenance').run()
    expect((await w.registrar.patch(`/students/${student.id}`, { last_name: 'Taken' })).status).toBe(200)
  })
})

describe('a restore', () => {
  test('leaves a backup of what it replaced, which brings that back', async () => {
    const student = await w.student({ last_name: 'Before' })
    await backUp('before')
    await w.registrar.patch(`/students/${student.id}`, { last_name: 'After' })
    const run = await restore('before')
    const nameOf = async () => (await w.registrar.get(`/students/${student.id}`)).data.last_name
    expect(await nameOf()).toBe('Before')
    const { saved } = run.progress as { saved: string }
    expect(saved).toMatch(/^before_restore_\d{8}_\d{9}$/)
    await restore(saved)
    expect(await nameOf()).toBe('After')
  })

  test('keeps the audit log, adds itself to it, and the chain holds', async () => {
    const student = await w.student({ last_name: 'Logged' })
    await sealAuditLog(systemContext())
    await backUp('logged')
    await w.registrar.patch(`/students/${student.id}`, { last_name: 'Lost' })
    await sealAuditLog(systemContext())
    const before = await auditRows('student', student.id)
    const requester = await admin.post('/backups/logged/restore', { confirm: 'logged' })
    expect(requester.status).toBe(202)
    await finished(admin, 'logged')
    expect(await auditRows('student', student.id)).toEqual(before)
    const [swapped, ordered] = await auditRows('backup', 'logged')
    expect(ordered).toMatchObject({ action: 'backup.restore', actor_id: admin.userId, status: 202 })
    expect(swapped).toMatchObject({
      action: 'backup.restore',
      actor_id: admin.userId,
      changes: expect.stringContaining('before_restore_'),
    })
    await sealAuditLog(systemContext())
    expect((await admin.get('/audit/verify')).data).toMatchObject({ valid: true, problems: [] })
  })

  test('keeps sessions of accounts that the backup knows, and ends those of the others at once', async () => {
    await backUp('sessions')
    const stays = (await signIn(admin.email)).data
    const newcomer = await w.admin()
    const goes = (await signIn(newcomer.email)).data
    await testEnv.DB.prepare(
      "insert into idempotency_key (user_id, key, fingerprint, status, created_at) values (1, 'k', 'f', 201, '2026-11-20T09:00:00.000Z')",
    ).run()
    await restore('sessions')
    expect((await caller(stays.access_token).get('/auth/me')).status).toBe(200)
    expect((await caller(null).post('/auth/refresh', { refresh_token: stays.refresh_token })).status).toBe(200)
    expect((await caller(goes.access_token).get('/programs')).status).toBe(401)
    expect((await caller(null).post('/auth/refresh', { refresh_token: goes.refresh_token })).status).toBe(401)
    expect(await countRows('idempotency_key')).toBe(0)
  })

  test('or a backup during which a migration is applied is given up', async () => {
    await backUp('steady')
    const later = "insert into d1_migrations (name) values ('9999_later.sql')"
    const undone = "delete from d1_migrations where name = '9999_later.sql'"
    const students = await countRows('student')
    for (const start of [() => startBackup(worker(), 'shaken'), () => startRestore(worker(), 'steady', 'steady')]) {
      const run = await start()
      // The first call is that of the step before, the next ones find another schema.
      await dies(work(run, worker(mortal(testEnv, untilCall(run.task === 'backup' ? 6 : 14, 'before')))))
      await testEnv.DB.exec(later)
      expect(await work(run)).toMatchObject({ error_code: 'BACKUP_SCHEMA_CHANGED' })
      await testEnv.DB.exec(undone)
      expect((await shownErrors(admin, run.name))[0]).toBe('BACKUP_SCHEMA_CHANGED')
    }
    expect(await countRows('student')).toBe(students)
    expect((await w.student()).id).toBeGreaterThan(0)
  })

  test('of one of another schema replaces nothing', async () => {
    await backUp('older')
    await testEnv.DB.prepare("insert into d1_migrations (name) values ('9999_later.sql')").run()
    const student = await w.student()
    expect(await restore('older')).toMatchObject({ error_code: 'BACKUP_SCHEMA_DIFFERS' })
    expect((await shownErrors(admin, 'older'))[0]).toBe('BACKUP_SCHEMA_DIFFERS')
    await testEnv.DB.prepare("delete from d1_migrations where name = '9999_later.sql'").run()
    expect((await w.registrar.get(`/students/${student.id}`)).status).toBe(200)
    expect((await w.registrar.patch(`/students/${student.id}`, { last_name: 'Still' })).status).toBe(200)
  })
})
