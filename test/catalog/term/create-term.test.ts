import { beforeAll, describe, expect, test } from 'vitest'
import { badFields } from '../../call.ts'
import { auditRows, countRows, unique, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const autumn = { name: 'Autumn', start_date: '2026-10-01', end_date: '2027-02-15' }
const create = (fields: object = {}) => w.registrar.post('/terms', { code: `TE${unique()}`, ...autumn, ...fields })

describe('creating a term', () => {
  test('answers the row with its defaults: open, without deadlines', async () => {
    const code = `TE${unique()}`
    const answer = await create({ code })
    expect(answer.status).toBe(201)
    expect(answer.data).toEqual({
      id: answer.data.id,
      code,
      ...autumn,
      name_el: null,
      status: 'open',
      enrollment_opens_at: null,
      enrollment_closes_at: null,
      drop_deadline: null,
      withdraw_deadline: null,
      turnstile_pace: null,
      version: 1,
      created_at: answer.data.updated_at,
      updated_at: expect.any(String),
    })
  })

  test('keeps instants in UTC, whatever offset they came with', async () => {
    const { data } = await create({
      enrollment_opens_at: '2026-09-01T09:00:00+03:00',
      enrollment_closes_at: '2026-09-30T23:59:59.999Z',
    })
    expect([data.enrollment_opens_at, data.enrollment_closes_at]).toEqual([
      '2026-09-01T06:00:00.000Z',
      '2026-09-30T23:59:59.999Z',
    ])
    expect((await w.registrar.get(`/terms/${data.id}`)).data).toEqual(data)
  })

  test('leaves one audit row', async () => {
    const { data } = await create({ drop_deadline: '2026-11-01' })
    const [audit, ...others] = await auditRows('term', data.id)
    expect(others).toEqual([])
    expect(audit).toMatchObject({ action: 'term.create', actor_id: w.registrar.userId, status: 201 })
    expect(JSON.parse(audit!.changes)).toEqual({
      code: { new: data.code },
      name: { new: 'Autumn' },
      start_date: { new: '2026-10-01' },
      end_date: { new: '2027-02-15' },
      status: { new: 'open' },
      drop_deadline: { new: '2026-11-01' },
    })
  })

  test('with a code that is taken answers 409 and writes nothing', async () => {
    const { data } = await create()
    const before = [await countRows('term'), await countRows('audit_log')]
    const answer = await create({ code: data.code })
    expect([answer.status, answer.error?.code]).toEqual([409, 'TERM_CODE_TAKEN'])
    expect(answer.error?.message).toBe(
      `There is already a term whose code is, or looks like, ${data.code}. Choose another.`,
    )
    expect([await countRows('term'), await countRows('audit_log')]).toEqual(before)
  })

  test.each([
    ['end_date', 'is before the start', { start_date: '2027-02-15', end_date: '2026-10-01' }],
    ['end_date', 'is the day of the start', { end_date: '2026-10-01' }],
    ['end_date', 'is 401 days from the first to the last', { end_date: '2027-11-05' }],
    [
      'enrollment_closes_at',
      'is before the opening',
      { enrollment_opens_at: '2026-09-02T00:00:00Z', enrollment_closes_at: '2026-09-01T00:00:00Z' },
    ],
    [
      'enrollment_closes_at',
      'is the moment of opening, in another offset',
      { enrollment_opens_at: '2026-09-01T03:00:00+03:00', enrollment_closes_at: '2026-09-01T00:00:00Z' },
    ],
    ['enrollment_opens_at', 'is the midnight after the last day', { enrollment_opens_at: '2027-02-16T00:00:00+02:00' }],
    ['enrollment_closes_at', 'is the midnight after the last day', { enrollment_closes_at: '2027-02-15T22:00:00Z' }],
    ['drop_deadline', 'is the day before the first', { drop_deadline: '2026-09-30' }],
    ['drop_deadline', 'is the day after the last', { drop_deadline: '2027-02-16' }],
    ['withdraw_deadline', 'is the day before the first', { withdraw_deadline: '2026-09-30' }],
    ['withdraw_deadline', 'is the day after the last', { withdraw_deadline: '2027-02-16' }],
    [
      'withdraw_deadline',
      'is before the drop deadline',
      { drop_deadline: '2026-12-01', withdraw_deadline: '2026-11-30' },
    ],
  ])('is refused when the %s %s', async (field, _, fields) => {
    const before = await countRows('term')
    const answer = await create(fields)
    expect([answer.status, answer.error?.code]).toEqual([422, 'TERM_DATES_INVALID'])
    expect(badFields(answer)).toEqual([`body.${field}`])
    expect(await countRows('term')).toBe(before)
  })

  test('with several wrong dates names each, in the language of the caller', async () => {
    const body = { code: `TE${unique()}`, ...autumn, drop_deadline: '2026-09-01', withdraw_deadline: '2028-01-01' }
    const answer = await w.registrar.post('/terms', body, { 'accept-language': 'el' })
    expect(answer.error?.details.errors).toEqual([
      {
        in: 'body',
        path: 'drop_deadline',
        code: 'TERM_DROP_DEADLINE_OUTSIDE',
        message: 'Η τελευταία ημέρα διαγραφής βρίσκεται μέσα στο εξάμηνο.',
      },
      {
        in: 'body',
        path: 'withdraw_deadline',
        code: 'TERM_WITHDRAW_DEADLINE_OUTSIDE',
        message: 'Η τελευταία ημέρα αποχώρησης βρίσκεται μέσα στο εξάμηνο.',
      },
    ])
  })

  test.each([
    ['two days', { end_date: '2026-10-02' }],
    ['400 days', { end_date: '2027-11-04' }],
    ['deadlines on the first day', { drop_deadline: '2026-10-01', withdraw_deadline: '2026-10-01' }],
    ['deadlines on the last day', { drop_deadline: '2027-02-15', withdraw_deadline: '2027-02-15' }],
    [
      'a window that is open for the last minute',
      { enrollment_opens_at: '2027-02-15T21:59:00.000Z', enrollment_closes_at: '2027-02-15T21:59:59.999Z' },
    ],
    ['a leap day', { start_date: '2028-02-29', end_date: '2028-06-30' }],
  ])('takes %s', async (_, fields) => {
    const answer = await create(fields)
    expect(answer.status).toBe(201)
    expect(answer.data).toMatchObject(fields)
  })

  test.each([
    ['start_date', '2026-02-30'],
    ['start_date', '2027-02-29'],
    ['start_date', '01/10/2026'],
    ['start_date', '2026-10-01T00:00:00Z'],
    ['enrollment_opens_at', '2026-09-01'],
    ['enrollment_opens_at', '2026-09-01T09:00:00'],
    ['enrollment_opens_at', '2026-09-01T25:00:00Z'],
    ['status', 'OPEN'],
    ['drop_deadline', 20_261_101],
  ])('refuses the %s %j', async (field, value) => {
    const answer = await create({ [field]: value })
    expect([answer.status, answer.error?.code]).toEqual([422, 'VALIDATION_ERROR'])
    expect(badFields(answer)).toEqual([`body.${field}`])
  })

  test.each(['9999-12-31T23:59:59-12:00', '0000-01-01T00:00:00+12:00'])(
    'refuses the instant %s, whose year has no four digits in UTC, and the list stays readable',
    async (enrollment_opens_at) => {
      const answer = await create({ enrollment_opens_at })
      expect([answer.status, answer.error?.code]).toEqual([422, 'VALIDATION_ERROR'])
      expect((await w.registrar.get('/terms?page_size=200')).status).toBe(200)
    },
  )
})
