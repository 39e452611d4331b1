import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { listKeys } from '#/operations/backup-store/keys.ts'
import { rewrapBackups } from '#/operations/backup-store/rewrap-backups.ts'
import { rotateKey } from '#/operations/backup-store/rotate-key.ts'
import { auditRows, type Persona, testEnv, world } from '../../world.ts'
import { backUp, contents, restore, shownErrors, verify, worker } from '../backup/backups.ts'

let admin: Persona
beforeAll(async () => {
  admin = await (await world()).admin()
})

const key = (kid: string, k = kid.padEnd(43, 'A')) => ({ kid, k })
/** A worker whose ring holds these keys. */
const holding = (...kids: string[]) => worker({ BACKUP_KEYS: JSON.stringify(kids.map((kid) => key(kid))) })
afterEach(async () => {
  await testEnv.DB.prepare('delete from backup_key').run()
})

describe('rotation', () => {
  test('leaves an old backup readable after three rotations and a rewrap', async () => {
    const all = holding('key-1', 'key-2', 'key-3', 'key-4')
    await backUp('old', all)
    const before = await contents()
    for (let rotation = 0; rotation < 3; rotation += 1) {
      await rotateKey(all)
      await backUp(`after-${rotation}`, all)
      expect(await verify('old', all)).toMatchObject({ error_code: null })
    }
    expect(await listKeys(all)).toEqual([
      { kid: 'key-1', is_current: false, is_missing: false, backups: 1 },
      { kid: 'key-2', is_current: false, is_missing: false, backups: 1 },
      { kid: 'key-3', is_current: false, is_missing: false, backups: 1 },
      { kid: 'key-4', is_current: true, is_missing: false, backups: 1 },
    ])
    expect(await rewrapBackups(all)).toEqual({
      kid: 'key-4',
      rewrapped: expect.toSatisfy((names: string[]) => names.toSorted().join() === 'after-0,after-1,old'),
      missing: [],
      damaged: [],
    })
    const newest = holding('key-4')
    for (const name of ['old', 'after-0', 'after-1', 'after-2'])
      expect([name, (await verify(name, newest)).error_code]).toEqual([name, null])
    expect(await restore('old', newest)).toMatchObject({ error_code: null })
    const { student, course, user } = await contents()
    expect({ student, course, user }).toEqual({
      student: before['student'],
      course: before['course'],
      user: before['user'],
    })
  }, 60_000)

  test('takes the key away from its backups alone, and says which one is missing', async () => {
    await backUp('first', holding('left-1', 'left-2'))
    await rotateKey(holding('left-1', 'left-2'))
    await backUp('second', holding('left-1', 'left-2'))
    const without = holding('left-2')
    expect(await verify('first', without)).toMatchObject({ error_code: 'BACKUP_KEY_MISSING', error_where: 'left-1' })
    expect((await shownErrors(admin, 'first'))[0]).toBe('BACKUP_KEY_MISSING')
    expect(await verify('second', without)).toMatchObject({ error_code: null })
    const { rewrapped, missing } = await rewrapBackups(without)
    expect(rewrapped).toEqual([])
    expect(missing).toContainEqual({ name: 'first', kid: 'left-1' })
    expect(await listKeys(without)).toContainEqual({ kid: 'left-1', is_current: false, is_missing: true, backups: 1 })
    await expect(backUp('third', holding('left-3'))).rejects.toMatchObject({
      code: 'BACKUP_KEY_MISSING',
      params: { kid: 'left-2' },
    })
  })

  test('with another key of the same name refuses to open', async () => {
    await backUp('mine', holding('same'))
    const other = worker({ BACKUP_KEYS: JSON.stringify([key('same', 'B'.repeat(43))]) })
    const run = await verify('mine', other)
    expect(run).toMatchObject({
      error_code: 'BACKUP_DAMAGED',
      error_where: expect.stringMatching(/^header: .*the key same is not the one/),
    })
  })

  test('over HTTP goes from key to key of BACKUP_KEYS and stops at the last one', async () => {
    const { data } = await admin.post('/backups/keys/rotate')
    const keys = data.items.filter((one: { is_missing: boolean }) => !one.is_missing)
    expect(keys).toMatchObject([
      { kid: 'local-first', is_current: false },
      { kid: 'local-second', is_current: true },
    ])
    expect((await admin.get('/backups/keys')).data.items).toEqual(data.items)
    expect(await auditRows('backup_key', 'local-second')).toMatchObject([
      {
        action: 'backup_key.rotate',
        actor_id: admin.userId,
        changes: '{"kid":{"old":"local-first","new":"local-second"}}',
      },
    ])
    const again = await admin.post('/backups/keys/rotate')
    expect([again.status, again.error!.code]).toEqual([409, 'BACKUP_KEY_LAST'])
  })

  test('twice at once takes one step', async () => {
    const all = holding('race-1', 'race-2', 'race-3')
    const outcomes = await Promise.allSettled([rotateKey(all), rotateKey(all)])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await listKeys(all)).find(({ is_current }) => is_current)!.kid).toBe('race-2')
  })
})
