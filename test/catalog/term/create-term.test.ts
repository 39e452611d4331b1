import { beforeAll, describe, expect, test } from 'vitest'
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
    ['an end before the start', { start_date: '2027-02-15', end_date: '2026-10-01' }],
    ['an end on the day of the start', { end_date: '2026-10-01' }],
    [
      'a window that closes before it opens',
      { enrollment_opens_at: '2026-09-02T00:00:00Z', enrollment_closes_at: '2026-09-01T00:00:00Z' },
    ],
    [
      'a window that closes when it opens, in another offset',
      { enrollment_opens_at: '2026-09-01T03:00:00+03:00', enrollment_closes_at: '2026-09-01T00:00:00Z' },
    ],
    ['a withdraw deadline before the drop deadline', { drop_deadline: '2026-12-01', withdraw_deadline: '2026-11-30' }],
  ])('refuses %s', async (_, fields) => {
    const before = await countRows('term')
    const answer = await create(fields)
    expect([answer.status, answer.error?.code]).toEqual([422, 'TERM_DATES_INVALID'])
    expect(await countRows('term')).toBe(before)
  })

  test.each([
    ['one day', { end_date: '2026-10-02' }],
    ['both deadlines on one day', { drop_deadline: '2026-12-01', withdraw_deadline: '2026-12-01' }],
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
    expect(answer.error?.details.errors?.map(({ path }) => path)).toEqual([`body.${field}`])
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
