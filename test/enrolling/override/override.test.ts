import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { refusal, badFields } from '../../call.ts'
import { auditRows, type World, world } from '../../world.ts'
import { execute } from '../../grading/graded-section.ts'
import { block } from '../waitlist/queue.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

afterEach(() => void vi.useRealTimers())

const grant = (student: number, fields: object) =>
  w.registrar.post(`/students/${student}/overrides`, { check: 'HOLD', reason_code: 'dean', ...fields })
const enroll = (section_id: number, student_id: number) => w.registrar.post('/enrollments', { section_id, student_id })

/** A student whom a hold keeps from a section. */
async function held(fields: Record<string, unknown> = {}) {
  const [section, student] = [await w.section(fields), await w.student()]
  await block(w, student.id)
  return { section: section.id, course: section['course_id'], term: section['term_id'], student: student.id }
}

describe('an override', () => {
  test.each(['section', 'course', 'term'] as const)(
    'for a %s lets the student pass there and nowhere else',
    async (scope) => {
      const { student, ...place } = await held()
      const { data } = await grant(student, { [`${scope}_id`]: place[scope] })
      expect(data).toMatchObject({ check: 'HOLD', granted_by: w.registrar.userId, revoked_at: null })
      const elsewhere = await w.section()
      expect(refusal(await enroll(elsewhere.id, student))).toEqual([400, 'HOLD'])
      const seat = await enroll(place.section, student)
      expect(seat.status).toBe(201)
      const [row] = await auditRows('enrollment', seat.data.id)
      expect(JSON.parse(row!.changes).overrides).toEqual({ new: [data.id] })
    },
  )

  test('is for one student and one check', async () => {
    const { section, student } = await held({ capacity: 1 })
    const other = await w.student()
    await block(w, other.id)
    await grant(student, { section_id: section })
    expect(refusal(await enroll(section, other.id))).toEqual([400, 'HOLD'])
    await w.registrar.patch(`/students/${student}`, { status: 'on_leave' })
    expect(refusal(await enroll(section, student))).toEqual([400, 'STUDENT_NOT_ACTIVE'])
  })

  test('that nobody needed leaves no trace', async () => {
    const [section, student] = [await w.section(), await w.student()]
    await grant(student.id, { section_id: section.id })
    const seat = await enroll(section.id, student.id)
    expect(JSON.parse((await auditRows('enrollment', seat.data.id))[0]!.changes)).not.toHaveProperty('overrides')
  })

  test('holds until it expires or is revoked', async () => {
    const { section, student } = await held()
    await grant(student, { section_id: section, expires_at: '2020-01-01T00:00:00Z' })
    expect(refusal(await enroll(section, student))).toEqual([400, 'HOLD'])
    const { data } = await grant(student, { section_id: section, expires_at: '2099-01-01T00:00:00Z' })
    const revoked = await w.registrar.post(`/overrides/${data.id}/revoke`)
    expect(revoked.data).toMatchObject({ revoked_by: w.registrar.userId })
    expect(refusal(await enroll(section, student))).toEqual([400, 'HOLD'])
    expect(refusal(await w.registrar.post(`/overrides/${data.id}/revoke`))).toEqual([409, 'OVERRIDE_ALREADY_REVOKED'])
    expect(refusal(await w.registrar.post('/overrides/999999/revoke'))).toEqual([404, 'OVERRIDE_NOT_FOUND'])
  })

  test('is over at the moment it expires', async () => {
    const [{ section, student }, late] = [await held(), await held()]
    const end = Date.now() + 60_000
    for (const one of [{ section, student }, late])
      await grant(one.student, { section_id: one.section, expires_at: new Date(end).toISOString() })
    vi.useFakeTimers({ toFake: ['Date'], now: end })
    expect(refusal(await enroll(late.section, late.student))).toEqual([400, 'HOLD'])
    vi.setSystemTime(end - 1)
    expect((await enroll(section, student)).status).toBe(201)
  })

  test('is respected by transfers, and named there too', async () => {
    const from = await w.section()
    const student = await w.student()
    const seat = await w.enroll(from.id, student.id)
    const to = await w.section({
      course_id: from['course_id'] as number,
      term_id: from['term_id'] as number,
      number: '2',
    })
    await block(w, student.id)
    const move = () => w.registrar.post(`/enrollments/${seat.id}/transfer`, { section_id: to.id })
    expect(refusal(await move())).toEqual([400, 'HOLD'])
    const { data } = await grant(student.id, { section_id: to.id })
    const moved = await move()
    expect(moved.status).toBe(201)
    expect(JSON.parse((await auditRows('enrollment', moved.data.id))[0]!.changes).overrides).toEqual({ new: [data.id] })
  })

  test.each(['SECTION_FULL', 'TERM_CLOSED', 'ALREADY_ENROLLED'])('of %s does not exist', async (check) => {
    const answer = await grant((await w.student()).id, { check, section_id: (await w.section()).id })
    expect([...refusal(answer), badFields(answer)]).toEqual([422, 'VALIDATION_ERROR', ['body.check']])
    const { id } = await w.student()
    const written = execute(
      "insert into enrollment_override (student_id, check_code, term_id, reason_code, created_at, updated_at) values (?, ?, 1, 'x', '', '')",
      id,
      check,
    )
    await expect(written).rejects.toThrow('override_check_known')
  })

  test('names exactly one scope, which exists, of a student who exists', async () => {
    const { section, course, term, student } = await held()
    expect(refusal(await grant(student, {}))).toEqual([422, 'VALIDATION_ERROR'])
    expect(refusal(await grant(student, { section_id: section, course_id: course }))).toEqual([422, 'VALIDATION_ERROR'])
    expect(refusal(await grant(student, { term_id: 999_999 }))).toEqual([404, 'OVERRIDE_SCOPE_NOT_FOUND'])
    expect(refusal(await grant(999_999, { term_id: term }))).toEqual([404, 'STUDENT_NOT_FOUND'])
  })

  test('keeps what it says', async () => {
    const { section, student } = await held()
    const { data } = await grant(student, { section_id: section })
    const change = execute("update enrollment_override set check_code = 'CREDIT_LIMIT' where id = ?", data.id)
    await expect(change).rejects.toThrow('override_is_fixed')
  })

  test('is read by its student, newest first, and written by the registry only', async () => {
    const me = await w.studentPersona()
    const section = await w.section()
    const one = await grant(me.studentId!, { section_id: section.id })
    const two = await grant(me.studentId!, { section_id: section.id, check: 'CREDIT_LIMIT', note: 'Last term' })
    const { data } = await me.get(`/students/${me.studentId}/overrides`)
    expect(data.items.map(({ id }: { id: number }) => id)).toEqual([two.data.id, one.data.id])
    expect(refusal(await me.get(`/students/${(await w.student()).id}/overrides`))).toEqual([404, 'STUDENT_NOT_FOUND'])
    const body = { check: 'HOLD', section_id: section.id, reason_code: 'me' }
    expect(refusal(await me.post(`/students/${me.studentId}/overrides`, body))).toEqual([403, 'HTTP_403'])
    expect(refusal(await (await w.teacher()).get(`/students/${me.studentId}/overrides`))).toEqual([403, 'HTTP_403'])
  })
})
