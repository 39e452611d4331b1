import { beforeAll, describe, expect, test } from 'vitest'
import type { Answer } from '../../call.ts'
import { badFields } from '../../call.ts'
import { type Persona, testEnv, type World, world } from '../../world.ts'

let w: World
let me: Persona
let other: Persona
beforeAll(async () => {
  w = await world()
  me = await w.studentPersona()
  other = await w.studentPersona()
})

const active = { name: 'Active', entity: 'students', query: { status: 'active', ordering: '-last_name' } }
const problems = (answer: Awaited<ReturnType<Persona['post']>>) => [
  answer.status,
  answer.error?.code,
  badFields(answer),
]

describe('a saved filter', () => {
  test('has no parameter of a name that objects have from birth, and changes no object', async () => {
    const somebody = await w.studentPersona()
    for (const name of ['__proto__', 'constructor', 'toString']) {
      const query = JSON.parse(`{"${name}":"x","status":"active"}`) as Record<string, string>
      const made = await somebody.post('/saved-filters', { name: `Of ${name}`, entity: 'students', query })
      expect(problems(made)).toEqual([422, 'VALIDATION_ERROR', [`body.query.${name}`]])
    }
    const { data } = await somebody.post('/saved-filters', { ...active, name: 'To be changed' })
    const query = JSON.parse('{"__proto__":"x"}') as Record<string, string>
    const changed = await somebody.patch(`/saved-filters/${data.id}`, { query })
    expect(problems(changed)).toEqual([422, 'VALIDATION_ERROR', ['body.query.__proto__']])
    expect((await somebody.get(`/saved-filters/${data.id}`)).data.query).toEqual(active.query)
  })

  test('is answered with the address that applies it, and the address works', async () => {
    const teacher = await w.teacher()
    const query = {
      search: 'παπα & σία',
      status__in: 'active,on_leave',
      study_year__gte: 2,
      page_size: 5,
      count: false,
    }
    const { status, data } = await teacher.post('/saved-filters', { name: 'Seniors', entity: 'students', query })
    expect(status).toBe(201)
    expect(data).toMatchObject({
      name: 'Seniors',
      entity: 'students',
      query: { ...query, study_year__gte: '2', page_size: '5', count: 'false' },
      version: 1,
    })
    const list = await teacher.get(data.path!.replace('/api/v1', '') as '/students')
    expect([list.status, list.data.page_size, list.data.total]).toEqual([200, 5, undefined])
    expect(new URL(data.path!, 'http://x').searchParams.get('search')).toBe('παπα & σία')
  })

  test('can be read, listed, changed, replaced, deleted and brought back by its account', async () => {
    const { data: made } = await me.post('/saved-filters', { ...active, name: 'Mine' })
    expect((await me.get(`/saved-filters/${made.id}`)).data).toEqual(made)
    const list = await me.get('/saved-filters?entity=students')
    expect(list.data.items).toEqual([made])
    const changed = await me.patch(`/saved-filters/${made.id}`, { query: { student_number: 'X' } })
    expect([changed.status, changed.data.path]).toEqual([200, '/api/v1/students?student_number=X'])
    const moved = await me.put(`/saved-filters/${made.id}`, { name: 'Mine', entity: 'results', query: { letter: 'A' } })
    expect([moved.status, moved.data.path, moved.data.version]).toEqual([200, '/api/v1/results?letter=A', 3])
    expect((await me.delete(`/saved-filters/${made.id}`)).status).toBe(204)
    expect((await me.get(`/saved-filters/${made.id}`)).error?.code).toBe('SAVED_FILTER_NOT_FOUND')
    expect((await me.post(`/saved-filters/${made.id}/restore`)).data).toMatchObject({ id: made.id, name: 'Mine' })
  })

  test.each([
    ['audit-logs', { entity_type: 'student' }, '/api/v1/audit/logs?entity_type=student'],
    ['assessment-scores', { state: 'missing' }, '/api/v1/assessment-scores?state=missing'],
    ['enrollments', {}, '/api/v1/enrollments'],
  ])('can be for %s', async (entity, query, path) => {
    const { status, data } = await (await w.admin()).post('/saved-filters', { name: 'x', entity, query })
    expect([status, data.path]).toEqual([201, path])
  })
})

describe('names', () => {
  test('are unique for an account and a list', async () => {
    const caller = await w.teacher()
    expect((await caller.post('/saved-filters', active)).status).toBe(201)
    const again = await caller.post('/saved-filters', active)
    expect([again.status, again.error?.code, again.error?.message]).toEqual([
      409,
      'SAVED_FILTER_NAME_TAKEN',
      'You already have a filter for students whose name is, or reads as, Active. Choose another name, or change that one.',
    ])
    expect((await caller.post('/saved-filters', { ...active, entity: 'enrollments', query: {} })).status).toBe(201)
    expect((await other.post('/saved-filters', active)).status).toBe(201)
  })

  test('are free again once the filter is deleted, and then keep it from coming back', async () => {
    const caller = await w.teacher()
    const { data } = await caller.post('/saved-filters', active)
    await caller.delete(`/saved-filters/${data.id}`)
    expect((await caller.post('/saved-filters', active)).status).toBe(201)
    expect((await caller.post(`/saved-filters/${data.id}/restore`)).error?.code).toBe('SAVED_FILTER_NAME_TAKEN')
  })
})

describe('a query is refused as the list would', () => {
  test.each([
    ['an unknown parameter', { bogus: '1' }, ['body.query.bogus']],
    ['several', { bogus: '1', worse: '2' }, ['body.query.bogus', 'body.query.worse']],
    ['an unknown value', { status: 'sleeping' }, ['body.query.status']],
    ['an unknown lookup', { status__like: 'a' }, ['body.query.status__like']],
    ['an ordering by no field', { ordering: 'password' }, ['body.query.ordering']],
    ['a page too large', { page_size: 1000 }, ['body.query.page_size']],
    ['a parameter that tries to be SQL', { "status' or 1=1 --": '1' }, ["body.query.status' or 1=1 --"]],
    ['something nested', { status: { eq: 'active' } }, ['body.query.status']],
  ])('%s', async (_, query, paths) => {
    const answer = await me.post('/saved-filters', { name: 'Odd', entity: 'students', query })
    expect(problems(answer)).toEqual([422, 'VALIDATION_ERROR', paths])
  })

  test('with the same code and text', async () => {
    const language = { 'accept-language': 'el' }
    const saving = await me.post('/saved-filters', { ...active, name: 'Odd', query: { status: 'x' } }, language)
    const listing = await me.get('/students?status=x', language)
    const said = (answer: Answer) => answer.error!.details.errors!.map(({ code, message }) => [code, message])
    expect(said(saving)).toEqual(said(listing))
  })

  test('when it is changed, and when its list is', async () => {
    const { data } = await me.post('/saved-filters', { ...active, name: 'Changing' })
    const path = `/saved-filters/${data.id}` as const
    expect(problems(await me.patch(path, { query: { bogus: '1' } }))).toEqual([
      422,
      'VALIDATION_ERROR',
      ['body.query.bogus'],
    ])
    expect(problems(await me.patch(path, { entity: 'results' }))[2]).toEqual([
      'body.query.ordering',
      'body.query.status',
    ])
    expect((await me.get(path)).data.version).toBe(1)
  })

  test.each([
    ['an unknown list', { entity: 'passwords' }, ['body.entity']],
    ['no name', { name: ' ' }, ['body.name']],
    ['somebody else as its account', { user_id: 1 }, ['body.user_id']],
    ['no map', { query: 'status=active' }, ['body.query']],
  ])('%s', async (_, fields, paths) => {
    expect(problems(await me.post('/saved-filters', { ...active, ...fields }))).toEqual([
      422,
      'VALIDATION_ERROR',
      paths,
    ])
  })

  test('a list that the role may not read', async () => {
    const answer = await me.post('/saved-filters', { name: 'Log', entity: 'audit-logs', query: {} })
    expect([answer.status, answer.error?.code]).toEqual([403, 'HTTP_403'])
  })
})

describe('somebody else', () => {
  test.each(['student', 'faculty', 'registrar', 'admin'])('is not shown it, as %s', async (role) => {
    const { data } = await me.post('/saved-filters', { ...active, name: `For ${role}` })
    const callers: Record<string, () => Promise<Persona>> = {
      student: async () => other,
      faculty: w.teacher,
      registrar: async () => w.registrar,
      admin: w.admin,
    }
    const caller = await callers[role]!()
    const path = `/saved-filters/${data.id}` as const
    const codes = [
      await caller.get(path),
      await caller.patch(path, { name: 'Taken' }),
      await caller.put(path, active),
      await caller.delete(path),
    ].map(({ error }) => error?.code)
    expect(codes).toEqual(Array.from({ length: 4 }, () => 'SAVED_FILTER_NOT_FOUND'))
    const { data: list } = await caller.get(`/saved-filters?name=${encodeURIComponent(`For ${role}`)}`)
    expect([list.items, list.total]).toEqual([[], 0])
    await me.delete(path)
    expect((await caller.post(`${path}/restore`)).error?.code).toBe('SAVED_FILTER_NOT_FOUND')
    expect((await me.post(`${path}/restore`)).status).toBe(200)
  })
})

test('a filter whose list is gone is still shown, without an address', async () => {
  const { data } = await me.post('/saved-filters', { ...active, name: 'Old' })
  await testEnv.DB.prepare("update saved_filter set entity = 'punchcards' where id = ?").bind(data.id).run()
  expect((await me.get(`/saved-filters/${data.id}`)).data).toMatchObject({ entity: 'punchcards', path: null })
  expect((await me.patch(`/saved-filters/${data.id}`, { name: 'New' })).error?.code).toBe('HTTP_403')
})
