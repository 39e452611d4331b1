import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { auditRows, countRows, type Persona, testEnv, type World, world } from '../../world.ts'
import { execute } from '../../grading/graded-section.ts'
import { filed, type Status, statuses } from './filed.ts'

let w: World
let student: Persona
let admin: Persona
beforeAll(async () => {
  w = await world()
  student = await w.studentPersona()
  admin = await w.admin()
})

const at = (status: Status, type = 'other') => filed(w.registrar, student.studentId!, { status, type })
const statusOf = async (id: number) => (await w.registrar.get(`/requests/${id}`)).data.status

const edges: Partial<Record<Status, Status[]>> = { pending: ['approved', 'rejected'], approved: ['completed'] }
const pairs = statuses.flatMap((from) => statuses.map((to) => [from, to] as const))
const allowed = pairs.filter(([from, to]) => edges[from]?.includes(to))
const forbidden = pairs.filter(([from, to]) => !edges[from]?.includes(to))

describe('the registry', () => {
  test.each(allowed)('decides: %s -> %s', async (from, to) => {
    const id = await at(from)
    const { status, data } = await admin.post(`/requests/${id}/transition`, { status: to, notes: 'So be it' })
    expect(status).toBe(200)
    expect(data).toMatchObject({ status: to, notes: 'So be it', processed_by: admin.userId })
    expect(data.processed_at).toMatch(/Z$/)
    expect((await student.get(`/requests/${id}`)).data).toEqual(data)
  })

  test.each(forbidden)('is refused with the allowed next states: %s -> %s', async (from, to) => {
    const id = await at(from)
    const { status, error } = await w.registrar.post(`/requests/${id}/transition`, { status: to })
    const next = edges[from] ?? []
    expect([status, error?.code]).toEqual([409, 'REQUEST_TRANSITION_REFUSED'])
    expect(error?.details).toEqual({ status: from, allowed: next })
    expect(error?.message).toContain(`Allowed next states: ${next.join(', ') || 'none'}.`)
    expect(await statusOf(id)).toBe(from)
  })

  test('keeps the notes of an approval when the completion has none', async () => {
    const id = await at('pending')
    await w.registrar.post(`/requests/${id}/transition`, { status: 'approved', notes: 'Pick it up on Friday' })
    const { data } = await admin.post(`/requests/${id}/transition`, { status: 'completed' })
    expect(data).toMatchObject({ notes: 'Pick it up on Friday', processed_by: admin.userId })
  })

  test.each([
    [{ status: 'approved', processed_by: 1 }, 'processed_by'],
    [{ status: 'approved', processed_at: '2026-01-01T00:00:00.000Z' }, 'processed_at'],
    [{ status: 'lost' }, 'status'],
    [{}, 'status'],
  ])('cannot say %j', async (body, field) => {
    const id = await at('pending')
    const { status, error } = await w.registrar.post(`/requests/${id}/transition`, body)
    expect([status, error?.code, JSON.stringify(error?.details)]).toEqual([
      422,
      'VALIDATION_ERROR',
      expect.stringContaining(field),
    ])
    expect(await statusOf(id)).toBe('pending')
  })

  test('leaves one audit row that names who decided what', async () => {
    const id = await at('pending')
    const before = await countRows('audit_log')
    await admin.post(`/requests/${id}/transition`, { status: 'rejected', notes: 'No' })
    expect(await countRows('audit_log')).toBe(before + 1)
    const [row] = await auditRows('request', id)
    expect(row).toMatchObject({ action: 'request.transition', actor_id: admin.userId })
    expect(JSON.parse(row!.changes)).toMatchObject({
      status: { old: 'pending', new: 'rejected' },
      processed_by: { old: null, new: admin.userId },
    })
  })

  test('decides once, however many decide at the same moment', async () => {
    const id = await at('pending', 'transcript')
    const before = await countRows('transcript_job')
    const answers = await Promise.all(
      ['approved', 'rejected', 'approved', 'rejected'].map((status) =>
        w.registrar.post(`/requests/${id}/transition`, { status }),
      ),
    )
    const won = answers.find(({ status }) => status === 200)
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409])
    expect(await statusOf(id)).toBe(won!.data.status)
    expect(await countRows('transcript_job')).toBe(before + (won!.data.status === 'approved' ? 1 : 0))
  })

  test('decides nothing on a version it has not seen', async () => {
    const id = await at('pending')
    const stale = await w.registrar.post(`/requests/${id}/transition`, { status: 'approved' }, { 'if-match': '"9"' })
    expect(refusal(stale)).toEqual([412, 'PRECONDITION_FAILED'])
  })

  test('reads a refusal in Greek', async () => {
    const id = await at('approved')
    const body = { status: 'rejected' }
    const { error } = await w.registrar.post(`/requests/${id}/transition`, body, { 'accept-language': 'el' })
    expect(error?.message).toBe(
      'Η αίτηση είναι σε κατάσταση «εγκεκριμένη» και δεν περνά σε κατάσταση «απορριφθείσα». Επιτρεπόμενες επόμενες καταστάσεις: ολοκληρωμένη.',
    )
  })
})

describe('a student', () => {
  test.each(statuses)('does not decide: %s', async (status) => {
    const id = await at('pending')
    expect(refusal(await student.post(`/requests/${id}/transition`, { status }))).toEqual([403, 'HTTP_403'])
    expect(await statusOf(id)).toBe('pending')
  })

  test('takes a pending request back', async () => {
    const id = await at('pending')
    const { status, data } = await student.post(`/requests/${id}/cancel`)
    expect([status, data.status, data.processed_by]).toEqual([200, 'cancelled', null])
    expect((await auditRows('request', id))[0]).toMatchObject({ action: 'request.cancel', actor_id: student.userId })
  })

  test.each(statuses.filter((status) => status !== 'pending'))('cannot take back what is %s', async (from) => {
    const id = await at(from)
    const answer = await student.post(`/requests/${id}/cancel`)
    expect(refusal(answer)).toEqual([409, 'REQUEST_TRANSITION_REFUSED'])
    expect(answer.error?.details).toEqual({ status: from, allowed: edges[from] ?? [] })
  })

  test('and the registry at the same moment: one of them', async () => {
    const id = await at('pending')
    const answers = await Promise.all([
      student.post(`/requests/${id}/cancel`),
      w.registrar.post(`/requests/${id}/transition`, { status: 'approved' }),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })
})

describe('the database', () => {
  test.each(forbidden.filter(([from, to]) => from !== to && !(from === 'pending' && to === 'cancelled')))(
    'refuses %s -> %s, whoever writes',
    async (from, to) => {
      const id = await at(from)
      const write = execute('update service_request set status = ? where id = ?', to, id)
      await expect(write).rejects.toThrow('service_request_state_edge')
    },
  )

  test('lets no request begin as decided', async () => {
    const write = testEnv.DB.prepare(
      "insert into service_request (student_id, type, language, status, created_at, updated_at) values (?, 'noc', 'en', 'cancelled', '', '')",
    ).bind(student.studentId)
    await expect(write.run()).rejects.toThrow('service_request_state_edge')
  })
})
