import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { execute } from '../../grading/graded-section.ts'
import { meanwhile } from '../../platform/database/between.ts'
import { type Persona, persona } from '../../world.ts'
import { backUp, giveUp } from '../backup/backups.ts'
import { approve, ask, outcome, restoring, runs, standing } from './asking.ts'

let other: Persona
let asker: Persona
beforeAll(async () => {
  other = await standing()
  asker = await standing()
  await backUp('wanted')
})
afterEach(async () => {
  vi.useRealTimers()
  for (const { id } of await runs()) await giveUp(id)
})

const forgetWishes = () => execute("update approval set status = 'expired' where status = 'pending'")

/** A restore that somebody has asked for. */
async function asked() {
  await forgetWishes()
  const { status, data } = await restoring(asker)
  expect([status, data.approval.status]).toEqual([202, 'pending'])
  return data.approval
}

describe('who has a new account', () => {
  test('neither asks nor approves, as one person could be two', async () => {
    const { id } = await asked()
    const fresh = await persona('admin')
    expect(outcome(await approve(fresh, id))).toEqual([403, 'APPROVAL_ACCOUNT_NEW'])
    await forgetWishes()
    expect(outcome(await restoring(fresh))).toEqual([403, 'APPROVAL_ACCOUNT_NEW'])
    expect(await runs()).toEqual([])
  })

  test.each([
    ['another e-mail', { email: 'taken-over@lyceum.test' }],
    ['another role', { role: 'admin' }],
    ['its activity back', { is_active: true }],
  ])('or was given %s lately', async (_, changes) => {
    const { id } = await asked()
    const changed = await standing()
    if (!('email' in changes))
      await execute(
        `update user set ${'role' in changes ? "role = 'registrar'" : 'is_active = 0'} where id = ?`,
        changed.userId,
      )
    expect((await other.patch(`/users/${changed.userId}`, changes)).status).toBe(200)
    expect(outcome(await approve(changed, id))).toEqual([403, 'APPROVAL_ACCOUNT_NEW'])
    expect(await runs()).toEqual([])
  })

  test('or was opened again lately', async () => {
    const { id } = await asked()
    const reopened = await standing()
    expect((await other.delete(`/users/${reopened.userId}`)).status).toBe(204)
    expect((await other.post(`/users/${reopened.userId}/restore`)).status).toBe(200)
    expect(outcome(await approve(reopened, id))).toEqual([403, 'APPROVAL_ACCOUNT_NEW'])
  })

  test('or becomes so at that moment approves nothing', async () => {
    const { id } = await asked()
    const approver = await standing()
    const becoming = (by: Persona) =>
      meanwhile(() => execute('update user set created_at = ? where id = ?', new Date().toISOString(), by.userId))
    const answer = await ask(approver, 'POST', `/approvals/${id}/approve`, undefined, { DB: becoming(approver) })
    expect(outcome(answer)).toEqual([409, 'STALE_STATE'])
    expect(await runs()).toEqual([])
    const restore = { confirm: 'wanted' }
    await forgetWishes()
    const wishing = await standing()
    const wish = await ask(wishing, 'POST', '/backups/wanted/restore', restore, { DB: becoming(wishing) })
    expect(outcome(wish)).toEqual([409, 'STALE_STATE'])
  })

  test('is so for seven days, to the millisecond', async () => {
    const { id } = await asked()
    const [early, due] = [await standing(), await standing()]
    const now = Date.now()
    const week = 7 * 24 * 60 * 60 * 1000
    const openedAt = (ms: number, by: Persona) =>
      execute('update user set created_at = ? where id = ?', new Date(ms).toISOString(), by.userId)
    await openedAt(now - week + 1, early)
    await openedAt(now - week, due)
    vi.useFakeTimers({ toFake: ['Date'], now })
    expect(outcome(await approve(early, id))).toEqual([403, 'APPROVAL_ACCOUNT_NEW'])
    expect((await approve(due, id)).status).toBe(200)
  })
})
