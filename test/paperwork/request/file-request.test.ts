import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { auditRows, type Persona, persona, type World, world } from '../../world.ts'
import { filed, statuses } from './filed.ts'

let w: World
let me: Persona
let other: Persona
beforeAll(async () => {
  w = await world()
  me = await w.studentPersona()
  other = await w.studentPersona()
})

const decided = statuses.filter((status) => status !== 'pending')

describe('filing a request', () => {
  test('needs nothing but its type from a student', async () => {
    const { status, data } = await me.post('/requests', { type: 'noc' }, { 'accept-language': 'el' })
    expect(status).toBe(201)
    expect(data).toMatchObject({
      student_id: me.studentId,
      type: 'noc',
      details: null,
      language: 'el',
      status: 'pending',
      notes: null,
      processed_by: null,
      processed_at: null,
      job_id: null,
      version: 1,
    })
    expect(await auditRows('request', data.id)).toEqual([
      expect.objectContaining({ action: 'request.create', actor_id: me.userId }),
    ])
  })

  test('takes details of several lines, in any script', async () => {
    const details = 'Για βίζα.\nTo: Embassy of Portugal'
    expect((await me.post('/requests', { type: 'bonafide', details, language: 'en' })).data).toMatchObject({
      details,
      language: 'en',
    })
  })

  test('works for the registry in the name of a student', async () => {
    const { status, data } = await w.registrar.post('/requests', { type: 'other', student_id: me.studentId })
    expect([status, data.student_id]).toEqual([201, me.studentId])
  })

  test('wants to know for whom, unless a student asks', async () => {
    const answer = await w.registrar.post('/requests', { type: 'other' })
    expect(refusal(answer)).toEqual([422, 'REQUEST_STUDENT_REQUIRED'])
  })

  test('for somebody else is not found', async () => {
    const answer = await me.post('/requests', { type: 'noc', student_id: other.studentId })
    expect(refusal(answer)).toEqual([404, 'STUDENT_NOT_FOUND'])
  })

  test('is not for teachers', async () => {
    const teacher = await persona('faculty')
    expect((await teacher.post('/requests', { type: 'noc', student_id: me.studentId })).status).toBe(403)
    expect((await teacher.get('/requests')).status).toBe(403)
  })

  test.each([
    { type: 'noc', status: 'approved' },
    { type: 'noc', processed_by: 1 },
    { type: 'noc', notes: 'Please' },
    { type: 'noc', job_id: 'x' },
    { type: 'diploma' },
    { type: 'noc', details: 'bell \u0007' },
    { type: 'noc', details: 'x'.repeat(2001) },
    { type: 'noc', language: 'fr' },
    {},
  ])('refuses %j', async (body) => {
    expect(refusal(await me.post('/requests', body))).toEqual([422, 'VALIDATION_ERROR'])
  })
})

describe('changing a request', () => {
  test('works by PATCH and PUT while it is pending', async () => {
    const id = await filed(me, me.studentId!, { details: 'For a visa', language: 'en' })
    expect((await me.patch(`/requests/${id}`, { type: 'bonafide' })).data).toMatchObject({
      type: 'bonafide',
      details: 'For a visa',
    })
    expect((await me.put(`/requests/${id}`, { type: 'noc' })).data).toMatchObject({
      type: 'noc',
      details: null,
      student_id: me.studentId,
    })
  })

  test.each(decided)('is over when it is %s, by every route and for everybody', async (status) => {
    const id = await filed(w.registrar, me.studentId!, { status })
    for (const caller of [me, w.registrar]) {
      for (const answer of [
        await caller.patch(`/requests/${id}`, { details: 'More' }),
        await caller.put(`/requests/${id}`, { type: 'noc' }),
        await caller.delete(`/requests/${id}`),
      ])
        expect(refusal(answer)).toEqual([409, 'REQUEST_NOT_PENDING'])
    }
    expect((await me.get(`/requests/${id}`)).data).toMatchObject({ status, type: 'other', details: null })
  })

  test.each(['status', 'processed_by', 'processed_at', 'notes', 'job_id'])('never takes %s', async (field) => {
    const id = await filed(w.registrar, me.studentId!)
    for (const caller of [me, w.registrar]) {
      expect(refusal(await caller.patch(`/requests/${id}`, { [field]: 'made up' }))).toEqual([422, 'VALIDATION_ERROR'])
      const whole = { type: 'other', [field]: 'approved' }
      expect(refusal(await caller.put(`/requests/${id}`, whole))).toEqual([422, 'VALIDATION_ERROR'])
    }
  })

  test('leaves it with its student', async () => {
    const id = await filed(w.registrar, me.studentId!)
    const answer = await w.registrar.patch(`/requests/${id}`, { student_id: other.studentId })
    expect(refusal(answer)).toEqual([400, 'REQUEST_STUDENT_FIXED'])
  })
})

describe('deleting a pending request', () => {
  test('hides it until the registry brings it back', async () => {
    const id = await filed(me, me.studentId!)
    expect((await me.delete(`/requests/${id}`)).status).toBe(204)
    expect((await me.get(`/requests/${id}`)).status).toBe(404)
    expect((await me.post(`/requests/${id}/restore`)).status).toBe(403)
    expect((await w.registrar.post(`/requests/${id}/restore`)).data).toMatchObject({ id, status: 'pending' })
  })

  test('does not bring it back to a student who is gone', async () => {
    const { id: student } = await w.student()
    const id = await filed(w.registrar, student)
    await w.registrar.delete(`/requests/${id}`)
    await w.registrar.delete(`/students/${student}`)
    const answer = await w.registrar.post(`/requests/${id}/restore`)
    expect(refusal(answer)).toEqual([404, 'REQUEST_STUDENT_NOT_FOUND'])
    expect(answer.error?.message).toBe(`Student with id ${student} not found.`)
  })
})

describe('somebody else', () => {
  test('finds nothing by any route', async () => {
    const id = await filed(other, other.studentId!, { details: 'Private' })
    for (const answer of [
      await me.get(`/requests/${id}`),
      await me.patch(`/requests/${id}`, { details: 'Mine' }),
      await me.put(`/requests/${id}`, { type: 'noc' }),
      await me.delete(`/requests/${id}`),
      await me.post(`/requests/${id}/cancel`),
    ])
      expect(refusal(answer)).toEqual([404, 'REQUEST_NOT_FOUND'])
    expect((await other.get(`/requests/${id}`)).data).toMatchObject({ details: 'Private', version: 1 })
  })

  test('is not in the list, whatever the filter', async () => {
    await filed(other, other.studentId!)
    for (const query of ['', `student_id=${other.studentId}`, 'status=pending', 'ordering=student_number']) {
      const { items } = (await me.get(`/requests?page_size=200&${query}`)).data
      expect(new Set(items.map((item: { student_id: number }) => item.student_id)).has(other.studentId!)).toBe(false)
    }
  })
})

test('the registry filters by type, status and student', async () => {
  const student = await w.student({ last_name: 'Ζαχαριάδη' })
  const id = await filed(w.registrar, student.id, { type: 'noc', status: 'rejected' })
  await filed(w.registrar, student.id, { type: 'noc' })
  const found = await w.registrar.get(`/requests?type=noc&status__in=rejected,cancelled&student_id=${student.id}`)
  expect(found.data.items.map((item: { id: number }) => item.id)).toEqual([id])
  expect((await w.registrar.get('/requests?search=ζαχαριαδη')).data.total).toBe(2)
})
