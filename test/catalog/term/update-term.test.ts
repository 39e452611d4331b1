import { beforeAll, describe, expect, test } from 'vitest'
import { badFields } from '../../call.ts'
import { auditRows, countRows, testEnv, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

/** Gives a term dates that it could have before there were rules for them. */
async function legacy(id: number, dates: Record<string, string>) {
  const trigger = "select sql from sqlite_schema where name = 'term_dates_still_hold_together'"
  const sql = await testEnv.DB.prepare(trigger).first<string>('sql')
  const set = Object.entries(dates).map(([column, value]) => `${column} = '${value}'`)
  await testEnv.DB.batch(
    ['drop trigger term_dates_still_hold_together', `update term set ${set.join(', ')} where id = ${id}`, sql!].map(
      (statement) => testEnv.DB.prepare(statement),
    ),
  )
  return dates
}

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

  test.each([
    [{ end_date: '2026-09-30' }, 'end_date', 'drop_deadline'],
    [{ start_date: '2027-02-15' }, 'end_date', 'drop_deadline'],
    [{ withdraw_deadline: '2026-10-31' }, 'withdraw_deadline'],
    [{ start_date: '2026-11-02' }, 'drop_deadline'],
    [{ end_date: '2026-10-31' }, 'drop_deadline'],
    [{ end_date: '2026-10-31', drop_deadline: null }, 'enrollment_closes_at'],
    [{ start_date: '2025-11-01' }, 'end_date'],
  ])('to %j is refused against the dates that are there', async (changes, ...fields) => {
    const term = await w.term({ drop_deadline: '2026-11-01', enrollment_closes_at: '2026-11-01T10:00:00Z' })
    for (const send of [w.registrar.patch, w.registrar.put]) {
      const { code, name, start_date, end_date, drop_deadline, enrollment_closes_at } = term
      const whole = { code, name, start_date, end_date, drop_deadline, enrollment_closes_at, ...changes }
      const answer = await send(`/terms/${term.id}`, send === w.registrar.put ? whole : changes)
      expect([answer.status, answer.error?.code]).toEqual([422, 'TERM_DATES_INVALID'])
      expect(badFields(answer)).toEqual(expect.arrayContaining(fields.map((field) => `body.${field}`)))
    }
    expect((await w.registrar.get(`/terms/${term.id}`)).data).toEqual(term)
    expect(await auditRows('term', term.id)).toHaveLength(1)
  })

  test.each([
    ['term_too_long', "end_date = '2027-11-05'"],
    ['term_drop_deadline_outside', "drop_deadline = '2026-09-30'"],
    ['term_withdraw_deadline_outside', "withdraw_deadline = '2027-02-16'"],
    ['term_opens_after_end', "enrollment_opens_at = '2027-02-16T12:00:00.000Z'"],
    ['term_closes_after_end', "enrollment_closes_at = '2027-02-16T12:00:00.000Z'"],
  ])('is held to %s by the database, too', async (constraint, set) => {
    const { id } = await w.term()
    const change = testEnv.DB.prepare(`update term set ${set} where id = ?`).bind(id).run()
    await expect(change).rejects.toThrow(constraint)
    const columns = 'code, name, start_date, end_date, created_at, updated_at'
    const [column, value] = set.split(' = ')
    const others = columns.split(', ').filter((name) => name !== column)
    const copy = `insert into term (${others.join(', ')}, ${column}) select ${others
      .map((name) => (name === 'code' ? "code || 'x'" : name))
      .join(', ')}, ${value} from term where id = ?`
    await expect(testEnv.DB.prepare(copy).bind(id).run()).rejects.toThrow(constraint)
  })

  test('whose dates are older than these rules leaves them as they are, until one of them changes', async () => {
    const { id } = await w.term()
    const old = await legacy(id, { end_date: '2029-02-15', drop_deadline: '2026-01-01' })
    const renamed = await w.registrar.patch(`/terms/${id}`, { name: 'Long', status: 'closed', ...old })
    expect([renamed.status, renamed.data]).toMatchObject([200, { name: 'Long', ...old }])
    const moved = await w.registrar.patch(`/terms/${id}`, { end_date: '2027-02-15' })
    expect(badFields(moved)).toEqual(['body.drop_deadline'])
    const mended = { end_date: '2027-02-15', drop_deadline: '2026-10-15' }
    expect((await w.registrar.patch(`/terms/${id}`, mended)).data).toMatchObject(mended)
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
      `The term ${term.code} has sections and cannot be deleted. Delete those that nobody was in; a term with others stays: close it with POST /api/v1/terms/${term.id}/close.`,
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
