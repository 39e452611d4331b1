import { beforeAll, describe, expect, test } from 'vitest'
import { backgroundContext } from '#/platform/background-context.ts'
import { rollUpActivity } from '#/operations/audit-log/index.ts'
import { refusal } from '../../call.ts'
import { connectionLost, faulty, withoutPauses } from '../../platform/database/faulty.ts'
import { countRows, type Persona, systemContext, testEnv, type World, world } from '../../world.ts'

withoutPauses()

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
  await testEnv.DB.exec('drop trigger audit_log_no_delete')
  await testEnv.DB.exec('delete from audit_log')
})

/** So many audit rows at that instant. */
const acts = (at: string, action: string, count: number, success = 1) =>
  testEnv.DB.prepare(
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < ?)
     insert into audit_log (at, actor_role, action, entity_type, success, method, path, status, request_id)
     select ?, 'admin', ?, 'x', ?, 'POST', '/', 200, 'made' from n`,
  )
    .bind(count, at, action, success)
    .run()
const rollUp = (now: string) => rollUpActivity({ db: systemContext().db, now })
const shown = async (query = '') =>
  (await admin.get(`/audit/activity?ordering=day,action${query}`)).data.items.map(
    ({ day, action, done, refused }: Record<string, unknown>) => [day, action, done, refused],
  )

describe('the activity of each day', () => {
  test('is counted once the day is over, by act, with what was refused', async () => {
    await acts('2026-03-01T00:00:00.000Z', 'enrollment.create', 3)
    await acts('2026-03-01T23:59:59.999Z', 'enrollment.create', 2, 0)
    await acts('2026-03-01T12:00:00.000Z', 'session.create', 1)
    await acts('2026-03-02T00:00:00.000Z', 'session.create', 4)
    expect(await rollUp('2026-03-02T02:00:00.000Z')).toBe(2)
    expect(await shown()).toEqual([
      ['2026-03-01', 'enrollment.create', 3, 2],
      ['2026-03-01', 'session.create', 1, 0],
    ])
    expect(await rollUp('2026-03-02T03:00:00.000Z')).toBe(0)
    expect(await rollUp('2026-03-03T02:00:00.000Z')).toBe(1)
    expect(await shown('&day=2026-03-02')).toEqual([['2026-03-02', 'session.create', 4, 0]])
    expect(await shown('&action=session.create&day__gte=2026-03-01')).toHaveLength(2)
  })

  test('is caught up with a month a run, over quiet times, however long they were', async () => {
    await acts('2026-06-01T12:00:00.000Z', 'term.open', 1)
    await acts('2026-07-15T12:00:00.000Z', 'term.close', 1)
    expect(await rollUp('2026-08-01T02:00:00.000Z')).toBe(1)
    expect(await rollUp('2026-08-01T02:00:00.000Z')).toBe(1)
    expect(await rollUp('2026-08-01T02:00:00.000Z')).toBe(0)
    expect(await shown('&day__gte=2026-06-01')).toEqual([
      ['2026-06-01', 'term.open', 1, 0],
      ['2026-07-15', 'term.close', 1, 0],
    ])
  })

  test('is told by the run that counted it, although the answer of the database was lost', async () => {
    await acts('2026-09-01T12:00:00.000Z', 'term.open', 2)
    const env = { ...testEnv, DB: faulty({ text: connectionLost, when: 'after', on: 'write' }).DB }
    const { db } = backgroundContext(env, { waitUntil: () => undefined }, 'system.read', 'test')
    expect(await rollUpActivity({ db, now: '2026-09-02T02:00:00.000Z' })).toBe(1)
    expect(await shown('&day=2026-09-01')).toEqual([['2026-09-01', 'term.open', 2, 0]])
  })

  test('is for administrators', async () => {
    expect(refusal(await w.registrar.get('/audit/activity'))).toEqual([403, 'HTTP_403'])
    expect(await countRows('daily_activity')).toBe(6)
  })
})
