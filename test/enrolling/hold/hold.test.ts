import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { auditRows, countRows, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterEach(() => {
  vi.useRealTimers()
})

const hold = (fields: object = {}) => ({
  kind: 'financial',
  blocks: ['enrollment'],
  office: 'Treasury',
  reason: 'Fees of 2026',
  ...fields,
})
const place = (studentId: number, fields: object = {}) => w.registrar.post(`/students/${studentId}/holds`, hold(fields))

describe('a hold', () => {
  test('is placed from today on and leaves one audit row', async () => {
    const student = await w.student()
    const answer = await place(student.id)
    expect(answer.status).toBe(201)
    expect(answer.data).toMatchObject({
      student_id: student.id,
      kind: 'financial',
      until: null,
      released_at: null,
      placed_by: w.registrar.userId,
    })
    expect((await auditRows('hold', answer.data.id)).map(({ action }) => action)).toEqual(['hold.create'])
  })

  test('blocks enrollment until it is released, and says which office to ask', async () => {
    const [section, student] = [await w.section(), await w.student()]
    const { data } = await place(student.id)
    const refused = await w.registrar.post(`/sections/${section.id}/enroll`, { student_id: student.id })
    expect([refused.status, refused.error?.code]).toEqual([400, 'HOLD'])
    expect(refused.error?.message).toBe('A financial hold blocks this. Ask Treasury how to have it released.')
    expect((await w.registrar.post(`/holds/${data.id}/release`)).data.released_by).toBe(w.registrar.userId)
    expect((await w.registrar.post(`/sections/${section.id}/enroll`, { student_id: student.id })).status).toBe(201)
  })

  test('blocks only what it names', async () => {
    const [section, student] = [await w.section(), await w.student()]
    await place(student.id, { blocks: ['transcript'] })
    expect((await w.registrar.post(`/sections/${section.id}/enroll`, { student_id: student.id })).status).toBe(201)
    const now = await w.registrar.get(`/transcripts/${student.id}`)
    expect([now.status, now.error?.code]).toEqual([400, 'HOLD'])
    const before = await countRows('transcript_job')
    const later = await w.registrar.post('/transcripts/enqueue', { student_id: student.id })
    expect([later.status, later.error?.code]).toEqual([400, 'HOLD'])
    expect(await countRows('transcript_job')).toBe(before)
  })

  test('blocks from its first to its last day, both included, where the institution is', async () => {
    const [section, student] = [await w.section(), await w.student()]
    await place(student.id, { from: '2026-12-01', until: '2026-12-02' })
    const allowed = async (instant: string) => {
      vi.useFakeTimers({ now: new Date(instant), toFake: ['Date'] })
      const registrar = await (await world()).registrar
      return (await registrar.post(`/sections/${section.id}/enroll/check`, { student_id: student.id })).data.allowed
    }
    expect(await allowed('2026-11-30T21:59:00Z')).toBe(true) // 23:59 in Athens
    expect(await allowed('2026-11-30T22:00:00Z')).toBe(false)
    expect(await allowed('2026-12-02T21:59:00Z')).toBe(false)
    expect(await allowed('2026-12-02T22:00:00Z')).toBe(true)
  })

  test('cannot end before it begins, be of an unknown kind or block nothing', async () => {
    const student = await w.student()
    const order = await place(student.id, { from: '2026-12-02', until: '2026-12-01' })
    expect([order.status, order.error?.code]).toEqual([422, 'HOLD_DAYS_INVALID'])
    expect((await place(student.id, { kind: 'personal' })).error?.code).toBe('VALIDATION_ERROR')
    expect((await place(student.id, { blocks: [] })).error?.code).toBe('VALIDATION_ERROR')
    expect((await w.registrar.get(`/students/${student.id}/holds`)).data.items).toEqual([])
  })

  test('is released once', async () => {
    const { data } = await place((await w.student()).id)
    await w.registrar.post(`/holds/${data.id}/release`)
    const again = await w.registrar.post(`/holds/${data.id}/release`)
    expect([again.status, again.error?.code]).toEqual([409, 'HOLD_ALREADY_RELEASED'])
    expect((await w.registrar.post('/holds/999999/release')).error?.code).toBe('HOLD_NOT_FOUND')
    expect((await place(999_999)).error?.code).toBe('STUDENT_NOT_FOUND')
  })

  test('is seen by the student it is on, and by no other', async () => {
    const [me, other] = [await w.studentPersona(), await w.studentPersona()]
    await place(me.studentId!)
    expect((await me.get(`/students/${me.studentId}/holds`)).data.items).toHaveLength(1)
    const foreign = await other.get(`/students/${me.studentId}/holds`)
    expect([foreign.status, foreign.error?.code]).toEqual([404, 'STUDENT_NOT_FOUND'])
  })
})

describe('checking an enrollment', () => {
  test('lists every reason and writes nothing', async () => {
    const section = await w.section({ capacity: 0 })
    const student = await w.student({ status: 'suspended' })
    await place(student.id)
    const before = [await countRows('enrollment'), await countRows('audit_log')]
    const answer = await w.registrar.post(`/sections/${section.id}/enroll/check`, { student_id: student.id })
    expect(answer.status).toBe(200)
    expect(answer.data.allowed).toBe(false)
    expect(answer.data.reasons.map(({ code }: { code: string }) => code)).toEqual([
      'SECTION_FULL',
      'HOLD',
      'STUDENT_NOT_ACTIVE',
    ])
    expect([await countRows('enrollment'), await countRows('audit_log')]).toEqual(before)
  })

  test('allows what enrolling then does', async () => {
    const [section, student] = [await w.section(), await w.student()]
    const body = { student_id: student.id }
    expect((await w.registrar.post(`/sections/${section.id}/enroll/check`, body)).data).toEqual({
      allowed: true,
      reasons: [],
    })
    expect((await w.registrar.post(`/sections/${section.id}/enroll`, body)).status).toBe(201)
    expect((await w.registrar.post(`/sections/${section.id}/enroll/check`, body)).error?.code).toBe('ALREADY_ENROLLED')
  })
})
