import { beforeAll, describe, expect, test } from 'vitest'
import { auditRows, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

describe('closing and opening a term', () => {
  test('changes its status, with one audit row each', async () => {
    const term = await w.term()
    const closed = await w.registrar.post(`/terms/${term.id}/close`)
    expect(closed.status).toBe(200)
    expect(closed.data).toEqual({
      ...term,
      status: 'closed',
      version: 2,
      updated_at: closed.data.updated_at,
      unresolved: 0,
    })
    const opened = await w.registrar.post(`/terms/${term.id}/open`)
    expect([opened.data.status, opened.data.version]).toEqual(['open', 3])
    const rows = await auditRows('term', term.id)
    expect(rows.map(({ action, changes }) => [action, JSON.parse(changes)]).slice(0, 2)).toEqual([
      ['term.open', { status: { old: 'closed', new: 'open' } }],
      ['term.close', { status: { old: 'open', new: 'closed' } }],
    ])
    expect(rows).toHaveLength(3)
  })

  test('twice changes nothing and leaves no audit row', async () => {
    const term = await w.term()
    const closed = await w.registrar.post(`/terms/${term.id}/close`)
    const again = await w.registrar.post(`/terms/${term.id}/close`)
    expect([again.status, again.data]).toEqual([200, closed.data])
    expect(await auditRows('term', term.id)).toHaveLength(2)
  })

  test('decides whether its sections take students', async () => {
    const term = await w.term()
    const section = await w.section({ term_id: term.id })
    const student = await w.student()
    await w.registrar.post(`/terms/${term.id}/close`)
    const refused = await w.registrar.post(`/sections/${section.id}/enroll`, { student_id: student.id })
    expect([refused.status, refused.error?.code]).toEqual([400, 'TERM_CLOSED'])
    await w.registrar.post(`/terms/${term.id}/open`)
    expect((await w.enroll(section.id, student.id)).id).toBeGreaterThan(0)
  })

  test('with a stale If-Match answers 412', async () => {
    const term = await w.term()
    await w.registrar.patch(`/terms/${term.id}`, { name: 'Winter' })
    for (const verb of ['open', 'close']) {
      const answer = await w.registrar.post(`/terms/${term.id}/${verb}`, undefined, { 'if-match': '"1"' })
      expect([answer.status, answer.error?.code]).toEqual([412, 'PRECONDITION_FAILED'])
    }
    expect((await w.registrar.get(`/terms/${term.id}`)).data.status).toBe('open')
  })

  test('is for the registry', async () => {
    const term = await w.term()
    const teacher = await w.teacher()
    expect((await teacher.post(`/terms/${term.id}/close`)).error?.code).toBe('HTTP_403')
    expect((await teacher.get(`/terms/${term.id}`)).data.status).toBe('open')
  })
})
