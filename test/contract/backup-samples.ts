import { vi } from 'vitest'
import { newId } from '#/platform/context.ts'
import { putIndex } from '#/operations/backup-store/store.ts'
import { countRows, systemContext, testEnv } from '../world.ts'
import type { SampleMaker } from './sample-rows.ts'

/** Waits until no backup is made, verified or restored. */
const calm = () =>
  vi.waitFor(
    async () => {
      if ((await countRows('backup_run where finished_at is null')) > 0) throw new Error('a backup is under way')
    },
    { timeout: 30_000, interval: 50 },
  )

/** A backup that is listed; reading it ends soon, as there is nothing in it. */
async function empty(suffix = ''): Promise<string> {
  await calm()
  const name = `empty-${newId()}`
  const at = new Date().toISOString()
  const summary = {
    name,
    created_at: at,
    finished_at: at,
    rows: 0,
    bytes: 0,
    kid: 'none',
    verified_at: null,
    is_good: null,
  }
  await putIndex(systemContext(), { header: 'AA==', segments: [] }, summary)
  return `/backups/${name}${suffix}`
}

const withoutRotation = () => testEnv.DB.prepare('delete from backup_key').run()

export const backupSamples: Record<string, SampleMaker> = {
  listBackups: async () => ({ path: '/backups' }),
  createBackup: async () => {
    await calm()
    return { path: '/backups', body: { name: `sample-${newId()}` } }
  },
  listBackupKeys: async () => ({ path: '/backups/keys' }),
  rotateBackupKey: async () => {
    await withoutRotation()
    return { path: '/backups/keys/rotate' }
  },
  rewrapBackups: async () => ({ path: '/backups/rewrap' }),
  listBackupRuns: async () => ({ path: '/backups/runs' }),
  getBackup: async () => ({ path: await empty() }),
  downloadBackup: async () => ({ path: await empty('/file') }),
  verifyBackup: async () => ({ path: await empty('/verify') }),
  restoreBackup: async () => {
    const path = await empty('/restore')
    return { path, body: { confirm: path.split('/')[2] } }
  },
  deleteBackup: async () => {
    await empty()
    return { path: await empty() }
  },
}

/** A restore that somebody has asked for, and nobody has decided on. */
async function asked(suffix = ''): Promise<string> {
  await calm()
  const [id, name] = [newId(), (await empty()).split('/')[2]!]
  const [now, later] = [0, 86_400_000].map((ms) => new Date(Date.now() + ms).toISOString())
  const { id: asker } = (await testEnv.DB.prepare(
    `insert into user (email, full_name, role, password_hash, search_text, created_at, updated_at, email_verified_at)
     values (?, 'The asker', 'admin', 'none', '', ?2, ?2, ?2) returning id`,
  )
    .bind(`${id.toLowerCase()}@lyceum.test`, now)
    .first<{ id: number }>())!
  await testEnv.DB.prepare(
    "insert into approval (id, operation, subject, input, requested_by, requested_at, expires_at) values (?, 'backup.restore', ?, ?, ?, ?, ?)",
  )
    .bind(id, name, JSON.stringify({ name, confirm: name }), asker, now, later)
    .run()
  return `/approvals/${id}${suffix}`
}

export const approvalSamples: Record<string, SampleMaker> = {
  listApprovals: async () => ({ path: '/approvals' }),
  getApproval: async () => ({ path: await asked() }),
  approve: async () => {
    await testEnv.DB.prepare("update user set created_at = '2020-01-01T00:00:00.000Z' where role = 'admin'").run()
    return { path: await asked('/approve') }
  },
  reject: async () => ({ path: await asked('/reject'), body: { note: 'Not now.' } }),
}
