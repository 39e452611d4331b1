import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { type Persona, type World, world } from '../../world.ts'
import { execute } from '../../grading/graded-section.ts'
import { actions, entriesOf, type Entry } from './entries.ts'

let w: World
let admin: Persona
/** What the registrar did in this file: a course was made, renamed and deleted. */
let course: { id: number; entries: Entry[] }

beforeAll(async () => {
  w = await world()
  admin = await w.admin()
  const { id } = await w.course({ title: 'Alchemy' })
  await w.registrar.patch(`/courses/${id}`, { title: 'Chemistry', credits: 4.5 })
  await w.registrar.delete(`/courses/${id}`)
  course = { id, entries: await list(`?entity_type=course&entity_id=${id}`) }
})

const list = (query = '') => entriesOf(admin, query)

describe('the audit log', () => {
  test('says newest first who did what, where and when', async () => {
    expect(actions(course.entries)).toEqual(['course.delete', 'course.update', 'course.create'])
    const [deleted, updated, created] = course.entries
    const common = {
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      actor_id: w.registrar.userId,
      actor_role: 'registrar',
      entity_type: 'course',
      entity_id: String(course.id),
      success: true,
      summary: expect.stringMatching(/^(?:created|changed|deleted) course C/),
      reason: null,
    }
    const path = `/api/v1/courses/${course.id}`
    expect(created).toMatchObject({ ...common, method: 'POST', path: '/api/v1/courses', status: 201 })
    expect(updated).toMatchObject({ ...common, method: 'PATCH', path, status: 200 })
    expect(deleted).toMatchObject({ ...common, method: 'DELETE', path, status: 204 })
  })

  test('has no changes in the list, but in the detail, with old and new', async () => {
    const [, updated] = course.entries
    expect(updated).not.toHaveProperty('changes')
    const answer = await admin.get(`/audit/logs/${updated!.id}`)
    expect(answer.status).toBe(200)
    expect(answer.data).toMatchObject(updated!)
    expect(answer.data.changes).toEqual({
      title: { old: 'Alchemy', new: 'Chemistry' },
      credits: { old: 6, new: 4.5 },
    })
  })

  test('tells from where the request came', async () => {
    const { id } = await w.course()
    const headers = { 'cf-connecting-ip': '203.0.113.7', 'user-agent': 'Lynx/2.9' }
    await w.registrar.patch(`/courses/${id}`, { title: 'Elsewhere' }, headers)
    const [entry] = await list(`?entity_type=course&entity_id=${id}`)
    const { data } = await admin.get(`/audit/logs/${entry!.id}`)
    expect([data.ip, data.user_agent]).toEqual(['203.0.113.7', 'Lynx/2.9'])
  })

  test('keeps the first 300 characters of what the client calls itself', async () => {
    const { id } = await w.course()
    await w.registrar.patch(`/courses/${id}`, { title: 'Longer' }, { 'user-agent': 'L'.repeat(299) + 'ynx' })
    const [entry] = await list(`?entity_type=course&entity_id=${id}`)
    expect((await admin.get(`/audit/logs/${entry!.id}`)).data.user_agent).toBe('L'.repeat(299) + 'y')
  })

  test('carries the request id that the answer carried', async () => {
    const given = await w.registrar.post(
      '/programs',
      { code: 'RID-1', title: 'Given' },
      { 'x-request-id': 'trace.2026-11' },
    )
    const made = await w.registrar.post('/programs', { code: 'RID-2', title: 'Made' })
    for (const answer of [given, made]) {
      const requestId = answer.headers.get('x-request-id')!
      const entries = await list(`?request_id=${requestId}`)
      expect(entries.map((one) => [one.request_id, one.entity_id])).toEqual([[requestId, String(answer.data.id)]])
    }
    expect(given.headers.get('x-request-id')).toBe('trace.2026-11')
  })

  test('an unknown entry answers 404', async () => {
    const answer = await admin.get('/audit/logs/999999')
    expect([...refusal(answer), answer.error?.message]).toEqual([
      404,
      'AUDIT_ENTRY_NOT_FOUND',
      'Audit entry with id 999999 not found.',
    ])
  })

  test('is for the admin alone', async () => {
    const [entry] = course.entries
    for (const caller of [w.registrar, await w.teacher(), await w.studentPersona()])
      for (const path of ['/audit/logs', `/audit/logs/${entry!.id}`, `/audit/logs?user_id=${caller.userId}`])
        expect(refusal(await caller.get(path))).toEqual([403, 'HTTP_403'])
    expect(refusal(await w.anonymous.get('/audit/logs'))).toEqual([401, 'HTTP_401'])
  })

  test.each([
    "update audit_log set action = 'nothing'",
    "update audit_log set changes = '{}' where id = 1",
    'delete from audit_log where id = 1',
    'delete from audit_log',
  ])('refuses to be changed: %s', async (statement) => {
    const before = await list()
    await expect(execute(statement)).rejects.toThrow('audit_log_append_only')
    expect(await list()).toEqual(before)
  })

  test.each(['post', 'put', 'patch', 'delete'] as const)('has no %s', async (method) => {
    expect(refusal(await admin[method](`/audit/logs/${course.entries[0]!.id}`, {}))).toEqual([405, 'HTTP_405'])
  })
})
