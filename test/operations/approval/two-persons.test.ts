import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { listBackups, putIndex, type Summary } from '#/operations/backup-store/store.ts'
import { auditRows, countRows, type Persona, type World, world } from '../../world.ts'
import { meanwhile } from '../../platform/database/between.ts'
import { serveWith } from '../../platform/http/serve.ts'
import { approve, ask, outcome, reject, restoring, runs, standing } from './asking.ts'
import { backUp, giveUp, worker } from '../backup/backups.ts'
import { execute, rowOf } from '../../grading/graded-section.ts'

let w: World
let asker: Persona
let other: Persona
beforeAll(async () => {
  w = await world()
  other = await standing()
  await backUp('wanted')
})
afterEach(async () => {
  vi.useRealTimers()
  for (const { id } of await runs()) await giveUp(id)
})

type Row = Record<string, string | number | null>

/** Somebody approves what `by` asked for, who is no administrator any more when all was read and nothing is written yet. */
async function approveOfDemoted(by: Persona, id: string) {
  const DB = meanwhile(() => execute("update user set role = 'registrar' where id = ?", by.userId))
  const answer = await ask(await standing(), 'POST', `/approvals/${id}/approve`, undefined, { DB })
  await execute("update user set role = 'admin' where id = ?", by.userId)
  return outcome(answer)
}

/** A restore that an administrator has asked for who has asked for nothing else. */
async function asked() {
  await execute("update approval set status = 'expired' where status = 'pending'")
  asker = await standing()
  const { status, data } = await restoring(asker)
  expect([status, data.approval.status]).toEqual([202, 'pending'])
  return data.approval
}

test('an approval that there is not is not found', async () => {
  for (const act of [approve, reject])
    expect(outcome(await act(other, 'A'.repeat(22)))).toEqual([404, 'APPROVAL_NOT_FOUND'])
})

describe('a restore', () => {
  test('does not begin until another administrator approves it, and is then that of who asked', async () => {
    const { id } = await asked()
    expect(await runs()).toEqual([])
    expect(await auditRows('approval', id)).toMatchObject([
      { action: 'backup.restore', actor_id: asker.userId, status: 202 },
    ])
    const { status, data } = await approve(other, id)
    expect([status, data.status, data.decided_by]).toEqual([200, 'approved', other.userId])
    expect(data).toMatchObject({ requested_by_name: 'The admin', decided_by_name: 'The admin' })
    expect(await runs()).toMatchObject([{ requested_by: asker.userId }])
    expect((await auditRows('approval', id))[0]).toMatchObject({ action: 'approval.approve', actor_id: other.userId })
    expect((await auditRows('backup', 'wanted'))[0]).toMatchObject({ action: 'backup.restore', actor_id: asker.userId })
  })

  test('is approved neither by who asked nor by who may not restore', async () => {
    const { id } = await asked()
    expect(outcome(await approve(asker, id))).toEqual([403, 'APPROVAL_OWN'])
    expect(outcome(await reject(asker, id))).toEqual([403, 'APPROVAL_OWN'])
    const own = { actor_id: asker.userId, success: 0, status: 403, summary: 'own wish not decided' }
    expect((await auditRows('approval', id)).slice(0, 2)).toMatchObject([own, own])
    expect(outcome(await approve(w.registrar, id))).toEqual([403, 'HTTP_403'])
    await expect(
      execute(
        "update approval set status = 'approved', decided_by = ?, decided_at = ? where id = ?",
        asker.userId,
        new Date().toISOString(),
        id,
      ),
    ).rejects.toThrow('approval_two_persons')
    expect(await runs()).toEqual([])
  })

  test('that several approve at once, and one rejects, takes place once or not at all', async () => {
    const { id } = await asked()
    const others = await Promise.all([1, 2, 3].map(standing))
    const answers = await Promise.all([...others.map((by) => approve(by, id)), reject(other, id)])
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status !== 200).map(outcome)).toEqual(
      Array.from({ length: 3 }, () => [409, 'APPROVAL_DECIDED']),
    )
    const { status } = await rowOf<Row>('select * from approval where id = ?', id)
    expect(await runs()).toHaveLength(status === 'approved' ? 1 : 0)
    for (const run of await runs()) await giveUp(run.id)
    expect(outcome(await approve(other, id))).toEqual([409, 'APPROVAL_DECIDED'])
    expect(await runs()).toEqual([])
  })

  test('that was rejected is over', async () => {
    const { id } = await asked()
    expect((await reject(other, id)).data).toMatchObject({
      status: 'rejected',
      decided_by: other.userId,
      note: 'Not now.',
    })
    expect(outcome(await approve(other, id))).toEqual([409, 'APPROVAL_DECIDED'])
    expect((await auditRows('approval', id))[0]).toMatchObject({ action: 'approval.reject', actor_id: other.userId })
  })

  test('can be approved for 24 hours, to the millisecond, and asked for again then', async () => {
    const { id, expires_at } = await asked()
    expect(Date.parse(expires_at) - Date.now()).toBeGreaterThan(86_390_000)
    expect(outcome(await restoring(other))).toEqual([409, 'APPROVAL_PENDING'])
    const later = async (ms: number) => {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(expires_at) + ms })
      return { approver: await standing(), asker: await standing() }
    }
    expect(outcome(await restoring((await later(-1)).asker))).toEqual([409, 'APPROVAL_PENDING'])
    expect(outcome(await approve((await later(0)).approver, id))).toEqual([409, 'APPROVAL_EXPIRED'])
    expect(outcome(await restoring((await later(0)).asker))).toEqual([202, undefined])
    expect(await runs()).toEqual([])
  })

  test('does not take place when who asked may no longer restore', async () => {
    const { id } = await asked()
    await execute("update user set role = 'registrar' where id = ?", asker.userId)
    expect(outcome(await approve(other, id))).toEqual([409, 'APPROVAL_ASKER_BARRED'])
    await execute("update user set role = 'admin', is_active = 0 where id = ?", asker.userId)
    expect(outcome(await approve(other, id))).toEqual([409, 'APPROVAL_ASKER_BARRED'])
    expect(await runs()).toEqual([])
    await execute('update user set is_active = 1 where id = ?', asker.userId)
    expect((await approve(other, id)).status).toBe(200)
  })

  test('does not take place when who asked may no longer restore at the moment it is approved', async () => {
    const { id } = await asked()
    expect(await approveOfDemoted(asker, id)).toEqual([409, 'STALE_STATE'])
    for (const change of ['is_active = 0', "deleted_at = '2026-11-20T09:00:00.000Z'"]) {
      const DB = meanwhile(() => execute(`update user set ${change} where id = ?`, asker.userId))
      const answer = await ask(other, 'POST', `/approvals/${id}/approve`, undefined, { DB })
      expect(outcome(answer)).toEqual([409, 'APPROVAL_ASKER_BARRED'])
      await execute('update user set is_active = 1, deleted_at = null where id = ?', asker.userId)
    }
    expect(await runs()).toEqual([])
    expect((await approve(other, id)).status).toBe(200)
  })

  test('that is refused when it is approved leaves the approval open', async () => {
    const { id } = await asked()
    const busy = await other.post('/backups', { name: 'busy' })
    expect(outcome(await approve(other, id))).toEqual([409, 'BACKUP_UNDER_WAY'])
    await giveUp((busy.data as { id: string }).id)
    expect((await approve(other, id)).status).toBe(200)
  })

  test('is not asked for when it would be refused', async () => {
    expect(outcome(await ask(other, 'POST', '/backups/wanted/restore', { confirm: 'other' }))).toEqual([
      400,
      'BACKUP_NOT_CONFIRMED',
    ])
    expect(outcome(await restoring(other, 'nowhere'))).toEqual([404, 'BACKUP_NOT_FOUND'])
  })
})

describe('the deletion of a backup', () => {
  const named = (name: string, day: number, is_good: boolean | null, year = 2020): Summary => {
    const at = `${year}-01-${String(day).padStart(2, '0')}T00:00:00.000Z`
    return { name, created_at: at, finished_at: at, rows: 0, bytes: 0, kid: 'none', verified_at: at, is_good }
  }

  test('takes two persons for the newest good one of each of the last three days, and one for others', async () => {
    for (const [name, day, good] of [
      ['g4', 4, true],
      ['earlier4', 4, true],
      ['g3', 3, true],
      ['g2', 2, true],
      ['bad', 5, false],
    ] as const)
      await putIndex(worker(), { header: '', segments: [] }, named(name, day, good))
    expect((await ask(other, 'DELETE', '/backups/bad')).status).toBe(204)
    // However many there are of one day, they push none of before out.
    expect((await ask(other, 'DELETE', '/backups/earlier4')).status).toBe(204)
    expect((await ask(other, 'DELETE', '/backups/g2')).status).toBe(204)
    const { status, data } = await ask(other, 'DELETE', '/backups/g3')
    expect([status, data.approval.status]).toEqual([202, 'pending'])
    expect(await approveOfDemoted(other, data.approval.id)).toEqual([409, 'STALE_STATE'])
    expect((await listBackups(worker())).map(({ name }) => name)).toEqual(['wanted', 'g4', 'g3'])
    expect((await approve(await standing(), data.approval.id)).status).toBe(200)
    expect((await listBackups(worker())).map(({ name }) => name)).toEqual(['wanted', 'g4'])
    expect((await auditRows('backup', 'g3'))[0]).toMatchObject({ action: 'backup.delete', actor_id: other.userId })
  })

  test('takes two persons also while the newest were not verified', async () => {
    await execute("update approval set status = 'expired' where status = 'pending'")
    const days = Array.from({ length: 10 }, (_, place) => 20 - place)
    await putIndex(worker(), { header: '', segments: [] }, named('verified', 8, true, 2099))
    for (const day of days)
      await putIndex(worker(), { header: '', segments: [] }, named(`nightly${day}`, day, null, 2099))
    const answers = []
    for (const day of days) answers.push((await ask(other, 'DELETE', `/backups/nightly${day}`)).status)
    expect(answers).toEqual([202, 202, 202, ...Array.from({ length: 7 }, () => 204)])
  })
})

test('the rotation of keys takes two persons', async () => {
  const { status, data } = await ask(other, 'POST', '/backups/keys/rotate')
  expect([status, data.approval.status]).toEqual([202, 'pending'])
  expect(await approveOfDemoted(other, data.approval.id)).toEqual([409, 'STALE_STATE'])
  expect(await countRows('backup_key')).toBe(0)
  expect((await approve(await standing(), data.approval.id)).status).toBe(200)
  expect(await rowOf<Row>('select * from backup_key')).toMatchObject({ kid: 'local-second' })
  expect(outcome(await ask(other, 'POST', '/backups/keys/rotate'))).toEqual([409, 'BACKUP_KEY_LAST'])
})

test('a deployment that says nothing of it refuses to serve', async () => {
  const response = await serveWith({ TWO_PERSON_OPERATIONS: undefined } as object, '/health/live')
  expect(response.status).toBe(503)
})

test('administrators see what waits and what was decided', async () => {
  const { id } = await asked()
  const reader = await w.admin()
  expect((await reader.get('/approvals?status=pending')).data.items.map((one) => one.id)).toEqual([id])
  expect((await reader.get(`/approvals/${id}`)).data).toMatchObject({ operation: 'backup.restore', subject: 'wanted' })
  expect((await w.registrar.get('/approvals')).status).toBe(403)
})
