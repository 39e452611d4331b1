import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#/platform/context.ts'
import { newAccount, password } from '../../access/identity/account.ts'
import { auditRows, caller, countRows, type Persona, testEnv, unique, type World, world } from '../../world.ts'
import { json, serveWith } from '../http/serve.ts'
import { databaseBehind } from './between.ts'
import { connectionLost, faulty, isWriting, texts, type When, withoutPauses } from './faulty.ts'

withoutPauses()

let w: World
let admin: Persona
let authorization: string
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
  authorization = `Bearer ${admin.token}`
})

interface Answered {
  status: number
  data: Record<string, never> & { id: number }
  error: { code: string; message: string } | null
  headers: Headers
}

async function ask(DB: D1Database, method: string, path: string, body?: object, more: object = {}): Promise<Answered> {
  const headers = { authorization, ...more }
  const init = body ? json(method, body, headers) : { method, headers }
  const response = await serveWith({ DB }, `/api/v1${path}`, init)
  const { data, error } = response.status === 204 ? { data: {}, error: null } : ((await response.json()) as Answered)
  return { status: response.status, data: data as Answered['data'], error, headers: response.headers }
}

const tokenIn = ({ data }: Answered) => String(data['refresh_token'])
const newProgram = () => ({ code: `FA${unique()}`, title: 'Informatics' })
const cases = texts.flatMap((text) => (['before', 'after'] as const).map((when) => ({ text, when })))

describe.each(cases)('"$text", $when the database has done what it was asked', ({ text, when }) => {
  const database = (on: 'read' | 'write', meanwhile?: () => Promise<unknown>) =>
    faulty({ text, when, on, ...(meanwhile && { meanwhile }) }).DB

  test('does not show in a row or a list that is read', async () => {
    const program = await w.program()
    const one = await ask(database('read'), 'GET', `/programs/${program.id}`)
    expect([one.status, one.data.id]).toEqual([200, program.id])
    const list = await ask(database('read'), 'GET', `/programs?code=${program.code}`)
    expect([list.status, list.data['total']]).toEqual([200, 1])
  })

  test('leaves one row, which is answered although somebody else has written since', async () => {
    const body = newProgram()
    const { status, data } = await ask(
      database('write', () => w.program()),
      'POST',
      '/programs',
      body,
    )
    expect([status, data['code']]).toEqual([201, body.code])
    expect(await countRows(`program where code = '${body.code}'`)).toBe(1)
    expect(await auditRows('program', data.id)).toHaveLength(1)
  })

  test('does not write twice what nothing but its receipt tells apart', async () => {
    const { id } = await w.student()
    const { status, data } = await ask(database('write'), 'POST', `/students/${id}/notes`, { text: 'Called.' })
    expect([status, data['text']]).toEqual([201, 'Called.'])
    expect(await countRows(`student_note where student_id = ${id}`)).toBe(1)
  })

  test('is no conflict of a guarded write with itself', async () => {
    const { id, version } = await w.program()
    const answer = await ask(database('write'), 'PATCH', `/programs/${id}`, { title: 'Changed' })
    expect([answer.status, answer.data['title'], answer.data['version']]).toEqual([200, 'Changed', version + 1])
    expect(await auditRows('program', id)).toHaveLength(2)
    expect((await ask(database('write'), 'DELETE', `/programs/${id}`)).status).toBe(204)
  })

  test('does not seat a class twice', async () => {
    const [section, ...students] = [await w.section({ capacity: 9 }), await w.student(), await w.student()]
    const student_ids = students.map(({ id }) => id)
    const answer = await ask(database('write'), 'POST', `/sections/${section.id}/enroll/bulk`, { student_ids })
    expect([answer.status, answer.data['created'], answer.data['failed']]).toEqual([200, 2, 0])
    expect((await w.registrar.get(`/sections/${section.id}`)).data.seats_taken).toBe(2)
    expect((await auditRows('section', section.id)).filter(({ changes }) => changes.includes('enrolled'))).toHaveLength(
      1,
    )
  })

  test('ends no session that is being started or refreshed', async () => {
    const { email } = await newAccount()
    const signedIn = await ask(database('write'), 'POST', '/auth/login', { email, password })
    const refreshed = await ask(database('write'), 'POST', '/auth/refresh', { refresh_token: tokenIn(signedIn) })
    expect([signedIn.status, refreshed.status]).toEqual([200, 200])
    expect((await caller(null).post('/auth/refresh', { refresh_token: tokenIn(refreshed) })).status).toBe(200)
  })

  test('lets a job run once', async () => {
    const { status, data } = await ask(database('write'), 'POST', '/jobs/sweep-outbox/run')
    expect([status, data['status']]).toEqual([200, 'ok'])
  })
})

describe('a write that finds itself committed', () => {
  const after = (meanwhile?: () => Promise<unknown>) =>
    faulty({ when: 'after', on: 'write', ...(meanwhile && { meanwhile }) }).DB

  test('keeps its Idempotency-Key, whose replay gives the same answer', async () => {
    const [body, key] = [newProgram(), { 'idempotency-key': newId() }]
    const first = await ask(after(), 'POST', '/programs', body, key)
    const again = await ask(testEnv.DB, 'POST', '/programs', body, key)
    expect([again.status, again.headers.get('idempotent-replayed'), again.data]).toEqual([201, 'true', first.data])
  })

  test('is not held up by one that wrote the same afterwards', async () => {
    const { id } = await w.program()
    const other = () => w.registrar.patch(`/programs/${id}`, { title: 'Theirs' })
    expect((await ask(after(other), 'PATCH', `/programs/${id}`, { title: 'Ours' })).status).toBe(200)
    expect((await w.registrar.get(`/programs/${id}`)).data).toMatchObject({ title: 'Theirs', version: 3 })
  })

  test('sends the message that it was to cause', async () => {
    const { email } = await newAccount()
    const answer = await ask(after(), 'POST', '/auth/password-reset/request', { email })
    expect([answer.status, await countRows('outbox')]).toEqual([202, 0])
  })
})

describe('a write that was not committed', () => {
  const before = (meanwhile: () => Promise<unknown>) => faulty({ when: 'before', on: 'write', meanwhile }).DB

  test('is refused when somebody else was quicker', async () => {
    const body = newProgram()
    const taken = await ask(
      before(() => w.program(body)),
      'POST',
      '/programs',
      body,
    )
    expect([taken.status, taken.error!.code]).toEqual([409, 'PROGRAM_CODE_TAKEN'])
    const { id } = await w.program()
    const other = () => w.registrar.patch(`/programs/${id}`, { title: 'Theirs' })
    const stale = await ask(before(other), 'PATCH', `/programs/${id}`, { title: 'Ours' })
    expect([stale.status, stale.error!.code]).toEqual([409, 'STALE_STATE'])
  })
})

test('an attempt that arrives after it was given up writes nothing', async () => {
  let late: (() => Promise<unknown>) | undefined
  const DB = databaseBehind((sent, run) => {
    if (late || !isWriting(sent)) return run()
    late = run
    throw new Error(connectionLost)
  })
  const { id } = await w.student()
  expect((await ask(DB, 'POST', `/students/${id}/notes`, { text: 'Once.' })).status).toBe(201)
  await expect(late!()).rejects.toThrow('write_receipt')
  expect(await countRows(`student_note where student_id = ${id}`)).toBe(1)
})

describe('a fault that stays', () => {
  const kinds = [
    { on: 'read', method: 'GET', when: 'before', trips: 4 },
    { on: 'write', method: 'POST', when: 'before', trips: 4 },
    // The second attempt finds a row in its way, and what that is can be asked four times.
    { on: 'write', method: 'POST', when: 'after', trips: 6 },
  ] as const satisfies { on: 'read' | 'write'; method: string; when: When; trips: number }[]

  test.each(kinds)('is answered by 503 after $trips trips: $method, $when', async ({ on, method, when, trips }) => {
    const body = newProgram()
    const { DB, seen } = faulty({ on, when, times: Infinity })
    const { status, error, headers } = await ask(DB, method, '/programs', method === 'GET' ? undefined : body)
    expect([status, error!.code, headers.get('retry-after'), seen.trips]).toEqual([
      503,
      'DATABASE_UNREACHABLE',
      '5',
      trips,
    ])
    expect(error!.message).toMatch(/^The database did not answer, so it is not known whether a change was made\./)
    expect(await countRows(`program where code = '${body.code}'`)).toBe(when === 'after' ? 1 : 0)
  })

  test('says so in Greek, too', async () => {
    const { DB } = faulty({ on: 'read', when: 'before', times: Infinity })
    const { error } = await ask(DB, 'GET', '/programs', undefined, { 'accept-language': 'el' })
    expect(error!.message).toMatch(/^Η βάση δεδομένων δεν απάντησε και δεν είναι γνωστό/)
  })

  test('does no harm to who repeats the request with its Idempotency-Key', async () => {
    const [body, key] = [newProgram(), { 'idempotency-key': newId() }]
    const { DB } = faulty({ on: 'write', when: 'after', times: Infinity })
    const lost = await ask(DB, 'POST', '/programs', body, key)
    const again = await ask(testEnv.DB, 'POST', '/programs', body, key)
    expect([lost.status, again.status, again.data['code']]).toEqual([201, 201, body.code])
    expect(await countRows(`program where code = '${body.code}'`)).toBe(1)
  })

  test.each([
    'D1 DB exceeded its CPU time limit and was reset.',
    "D1 DB's isolate exceeded its memory limit and was reset.",
  ])('is not asked for again where the query is to blame: %s', async (text) => {
    const { DB, seen } = faulty({ text, on: 'read', when: 'before', times: Infinity })
    const { status, error } = await ask(DB, 'GET', '/programs')
    expect([status, error!.code, seen.trips]).toEqual([503, 'DATABASE_UNREACHABLE', 1])
  })
})
