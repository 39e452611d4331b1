import { beforeAll, describe, expect, test } from 'vitest'
import { type Persona, testEnv, type World, world } from '../../world.ts'
import { execute, rowOf } from '../graded-section.ts'
import { before, decide, figuresOf, pendingOn, request, resultIn } from './official.ts'

let w: World
let admin: Persona
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
})

const moment = '2026-11-20T09:00:00.000Z'

/** Writes the figures of a change into its result, as the approval does. */
const applyBehindTheBack = (change: number, result: number) =>
  execute(
    `update result set (outcome, percentage, letter, points, value)
      = (select new_outcome, new_percentage, new_letter, new_points, new_value from result_change where id = ?)
    where id = ?`,
    change,
    result,
  )

const approve = (change: number, user: number) =>
  execute('insert into result_change_approval (change_id, user_id, approved_at) values (?, ?, ?)', change, user, moment)

/** A copy of a change with some columns replaced, as a new row. */
async function copy(change: number, columns: Record<string, string | number | null>) {
  const { id: _, ...row } = await rowOf<Record<string, string | number | null>>(
    'select * from result_change where id = ?',
    change,
  )
  const all = { ...row, ...columns }
  const names = Object.keys(all)
  const statement = `insert into result_change (${names.join()}) values (${names.map(() => '?').join()})`
  return execute(statement, ...Object.values(all))
}

describe('the database lets no SQL change an official result', () => {
  test.each(['published', 'frozen'] as const)('that is %s, while its change has no approval', async (state) => {
    const { id, change } = await pendingOn(w, state)
    await expect(applyBehindTheBack(change, id)).rejects.toThrow('result_is_official')
    expect(await figuresOf(w, id)).toEqual({ ...before, state })
  })

  test('that is frozen, while its change has one approval', async () => {
    const { id, change } = await pendingOn(w, 'frozen')
    await decide(admin, change)
    await expect(applyBehindTheBack(change, id)).rejects.toThrow('result_is_official')
  })

  test('to the figures of a change that was applied before, or rejected', async () => {
    const { id, change } = await pendingOn(w, 'published')
    await decide(admin, change)
    const next = (await request(w.registrar, id, { new_percentage: 70 })).data.id as number
    await decide(admin, next)
    const rejected = (await request(w.registrar, id, { new_percentage: 100 })).data.id as number
    await decide(admin, rejected, false)
    for (const one of [change, next, rejected])
      await expect(applyBehindTheBack(one, id)).rejects.toThrow('result_is_official')
    expect((await figuresOf(w, id)).percentage).toBe(70)
  })

  test('by one figure of its change, or by more than its figures', async () => {
    const { id, change } = await pendingOn(w, 'published')
    const { DB } = testEnv
    const cheat = (sql: string) =>
      DB.batch([
        DB.prepare('insert into result_change_approval (change_id, user_id, approved_at) values (?, ?, ?)').bind(
          change,
          admin.userId,
          moment,
        ),
        DB.prepare(sql).bind(id),
      ])
    for (const sql of [
      'update result set percentage = 10000 where id = ?',
      'update result set credits = 300 where id = ?',
      'update result set percentage = percentage where id = ?',
    ])
      await expect(cheat(sql)).rejects.toThrow('result_is_official')
    expect(await figuresOf(w, id)).toEqual({ ...before, state: 'published' })
  })
})

describe('the database keeps a change', () => {
  test.each([
    ['new_percentage', 10_000],
    ['new_letter', 'A'],
    ['old_percentage', 0],
    ['reason', 'Because I can'],
    ['requested_by', 1],
    ['result_id', 1],
  ])('as it was asked for: %s', async (column, value) => {
    const { change } = await pendingOn(w, 'published')
    const update = execute(`update result_change set ${column} = ? where id = ?`, value, change)
    await expect(update).rejects.toThrow('result_change_is_kept')
  })

  test('from being approved without approvals, or with fewer', async () => {
    const { change } = await pendingOn(w, 'frozen')
    await decide(admin, change)
    const approved = "update result_change set status = 'approved', resolved_at = ?, resolved_by = ? where id = ?"
    await expect(execute(approved, moment, admin.userId, change)).rejects.toThrow('result_change_unapproved')
    const fewer = execute('update result_change set approvals_needed = 1 where id = ?', change)
    await expect(fewer).rejects.toThrow('result_change_is_kept')
  })

  test('from being rejected by the one who asked', async () => {
    const { change, section } = await pendingOn(w, 'published')
    const rejected = "update result_change set status = 'rejected', resolved_at = ?, resolved_by = ? where id = ?"
    const own = execute(rejected, moment, section.teacher.userId, change)
    await expect(own).rejects.toThrow('result_change_two_persons')
    await expect(execute(rejected, moment, null, change)).rejects.toThrow('result_change_two_persons')
  })

  test.each([true, false])('for good once it is resolved (%s)', async (approved) => {
    const { change } = await pendingOn(w, 'published')
    await decide(admin, change, approved)
    for (const update of [
      "status = 'pending', resolved_at = null, resolved_by = null",
      "status = 'approved'",
      "note = 'Other'",
      'version = 9',
    ])
      await expect(execute(`update result_change set ${update} where id = ?`, change)).rejects.toThrow(
        'result_change_is_kept',
      )
  })

  test('and its approvals from being deleted or changed', async () => {
    const { change } = await pendingOn(w, 'frozen')
    await decide(admin, change)
    for (const statement of [
      'delete from result_change where id = ?',
      'delete from result_change_approval where change_id = ?',
      'update result_change_approval set user_id = 1 where change_id = ?',
    ])
      await expect(execute(statement, change)).rejects.toThrow('result_change_is_kept')
  })
})

describe('the database takes no change', () => {
  test('of a draft', async () => {
    const { id } = await resultIn(w, 'draft')
    const { change } = await pendingOn(w, 'published')
    await expect(copy(change, { result_id: id })).rejects.toThrow('result_change_of_draft')
  })

  test.each([
    ['that is approved from the start', { status: 'approved', resolved_at: moment, resolved_by: 1 }],
    ['from other figures than those of the result', { old_percentage: 1 }],
    ['with too few approvals', { approvals_needed: 1 }],
  ])('%s', async (_, columns) => {
    const { id } = await resultIn(w, 'frozen')
    const { change } = await pendingOn(w, 'frozen')
    await expect(copy(change, { result_id: id, ...columns })).rejects.toThrow('result_change_outdated')
  })

  test('beside a pending one', async () => {
    const { change } = await pendingOn(w, 'published')
    await expect(copy(change, {})).rejects.toThrow('UNIQUE constraint failed: result_change.result_id')
  })
})

describe('the database takes no approval', () => {
  test('of the one who asked, who teaches, who is gone, or who has approved already', async () => {
    const { id } = await resultIn(w, 'frozen')
    const { data } = await request(w.registrar, id)
    const gone = await w.admin()
    await execute('update user set is_active = 0 where id = ?', gone.userId)
    await expect(approve(data.id, w.registrar.userId)).rejects.toThrow('result_change_own')
    for (const one of [await w.teacher(), await w.studentPersona(), gone])
      await expect(approve(data.id, one.userId)).rejects.toThrow('result_change_approver_role')
    await approve(data.id, admin.userId)
    await expect(approve(data.id, admin.userId)).rejects.toThrow('UNIQUE constraint failed')
    expect((await figuresOf(w, id)).percentage).toBe(80)
  })

  test('of what is resolved', async () => {
    const { change } = await pendingOn(w, 'published')
    await decide(admin, change, false)
    await expect(approve(change, w.registrar.userId)).rejects.toThrow('result_change_resolved')
  })
})
