import { beforeAll, describe, expect, test } from 'vitest'
import { auditRows, countRows, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

describe('changing a term', () => {
  test('PATCH changes the given fields and nothing else', async () => {
    const term = await w.term({ drop_deadline: '2026-11-01' })
    const answer = await w.registrar.patch(`/terms/${term.id}`, { withdraw_deadline: '2026-12-01' })
    expect(answer.status).toBe(200)
    expect(answer.data).toEqual({
      ...term,
      withdraw_deadline: '2026-12-01',
      version: 2,
      updated_at: answer.data.updated_at,
    })
  })

  test('PUT replaces: deadlines that are left out go away', async () => {
    const term = await w.term({ drop_deadline: '2026-11-01', status: 'closed', name_el: 'Χειμερινό' })
    const body = { code: term['code'], name: 'Winter', start_date: '2026-10-05', end_date: '2027-02-01' }
    const answer = await w.registrar.put(`/terms/${term.id}`, body)
    expect(answer.data).toMatchObject({ ...body, name_el: null, drop_deadline: null, status: 'open', version: 2 })
  })

  test('to dates out of order is refused, also against the dates that are there', async () => {
    const term = await w.term({ drop_deadline: '2026-11-01' })
    for (const changes of [
      { end_date: '2026-09-30' },
      { start_date: '2027-02-15' },
      { withdraw_deadline: '2026-10-31' },
    ]) {
      const answer = await w.registrar.patch(`/terms/${term.id}`, changes)
      expect([answer.status, answer.error?.code]).toEqual([422, 'TERM_DATES_INVALID'])
    }
    expect((await w.registrar.get(`/terms/${term.id}`)).data).toEqual(term)
    expect(await auditRows('term', term.id)).toHaveLength(1)
  })

  test('to a code that is taken answers 409', async () => {
    const [one, other] = [await w.term(), await w.term()]
    const answer = await w.registrar.patch(`/terms/${one.id}`, { code: other['code'] })
    expect([answer.status, answer.error?.code]).toEqual([409, 'TERM_CODE_TAKEN'])
  })

  test('leaves an audit row with old and new values', async () => {
    const term = await w.term()
    await w.registrar.patch(`/terms/${term.id}`, { enrollment_opens_at: '2026-09-01T09:00:00+03:00', name: 'Winter' })
    const [audit] = await auditRows('term', term.id)
    expect(audit).toMatchObject({ action: 'term.update', status: 200 })
    expect(JSON.parse(audit!.changes)).toEqual({
      name: { old: 'Autumn', new: 'Winter' },
      enrollment_opens_at: { old: null, new: '2026-09-01T06:00:00.000Z' },
    })
  })

  test('to the values it has writes nothing, even when the offset reads differently', async () => {
    const term = await w.term({ enrollment_opens_at: '2026-09-01T06:00:00Z' })
    const before = await countRows('audit_log')
    const same = await w.registrar.patch(`/terms/${term.id}`, { enrollment_opens_at: '2026-09-01T09:00:00+03:00' })
    expect(same.data).toEqual(term)
    expect(await countRows('audit_log')).toBe(before)
  })

  test('that is not there answers 404 with its id', async () => {
    for (const answer of [
      await w.registrar.get('/terms/999999'),
      await w.registrar.patch('/terms/999999', { name: 'Winter' }),
      await w.registrar.delete('/terms/999999'),
      await w.registrar.post('/terms/999999/restore'),
      await w.registrar.post('/terms/999999/open'),
      await w.registrar.post('/terms/999999/close'),
    ]) {
      expect([answer.status, answer.error?.code]).toEqual([404, 'TERM_NOT_FOUND'])
      expect(answer.error?.message).toBe('Term with id 999999 not found.')
    }
  })
})

describe('deleting a term', () => {
  test('hides it and frees its code', async () => {
    const term = await w.term()
    expect((await w.registrar.delete(`/terms/${term.id}`)).status).toBe(204)
    expect((await w.registrar.get(`/terms/${term.id}`)).error?.code).toBe('TERM_NOT_FOUND')
    expect((await w.registrar.get(`/terms?code=${String(term['code'])}`)).data.total).toBe(0)
    expect((await w.term({ code: term['code'] })).id).not.toBe(term.id)
  })

  test('that has sections is refused until they are gone', async () => {
    const term = await w.term()
    const section = await w.section({ term_id: term.id })
    const refused = await w.registrar.delete(`/terms/${term.id}`)
    expect([refused.status, refused.error?.code]).toEqual([409, 'TERM_IN_USE'])
    expect(refused.error?.message).toBe(
      `The term ${String(term['code'])} has sections and cannot be deleted. Move or delete them first.`,
    )
    await w.registrar.delete(`/sections/${section.id}`)
    expect((await w.registrar.delete(`/terms/${term.id}`)).status).toBe(204)
  })

  test('can be undone, unless its code was given to another', async () => {
    const [one, other] = [await w.term({ status: 'closed' }), await w.term()]
    await w.registrar.delete(`/terms/${one.id}`)
    await w.registrar.delete(`/terms/${other.id}`)
    await w.term({ code: other['code'] })
    const restored = await w.registrar.post(`/terms/${one.id}/restore`)
    expect(restored.data).toEqual({ ...one, version: 3, updated_at: restored.data.updated_at })
    const refused = await w.registrar.post(`/terms/${other.id}/restore`)
    expect([refused.status, refused.error?.code]).toEqual([409, 'TERM_CODE_TAKEN'])
  })
})
