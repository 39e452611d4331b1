import { beforeAll, describe, expect, test } from 'vitest'
import { badFields } from '../../call.ts'
import { auditRows, countRows, type Persona, persona, type World, world } from '../../world.ts'
import { setAccount } from '../../access/identity/account.ts'

let w: World
let teacher: Persona
let other: Persona
beforeAll(async () => {
  w = await world()
  teacher = await w.teacher()
  other = await w.teacher()
})

const idsOf = (answer: { data: { instructors: { user_id: number }[] } }) =>
  answer.data.instructors.map(({ user_id }) => user_id)

describe('assigning instructors', () => {
  test('replaces them as a whole and answers who teaches now', async () => {
    const section = await w.section()
    const first = await w.teach(section.id, teacher, other)
    expect(first.status).toBe(200)
    expect(first.data).toEqual({
      instructors: [teacher, other].map(({ userId, email }) => ({ user_id: userId, full_name: 'The faculty', email })),
    })
    expect(idsOf(await w.teach(section.id, other))).toEqual([other.userId])
    expect(idsOf(await w.registrar.get(`/sections/${section.id}/instructors`))).toEqual([other.userId])
    expect(idsOf(await w.teach(section.id))).toEqual([])
  })

  test('counts somebody who is named twice once', async () => {
    const section = await w.section()
    expect(idsOf(await w.teach(section.id, teacher, teacher))).toEqual([teacher.userId])
  })

  test('takes what GET gives, and refuses a name or e-mail that is another', async () => {
    const section = await w.section()
    await w.teach(section.id, teacher)
    const path = `/sections/${section.id}/instructors` as const
    const { instructors } = (await w.registrar.get(path)).data
    const before = await countRows('audit_log')
    expect((await w.registrar.put(path, { instructors })).data).toEqual({ instructors })
    expect(await countRows('audit_log')).toBe(before)
    const renamed = instructors.map((one) => ({ ...one, full_name: 'Another', email: 'another@lyceum.test' }))
    const refused = await w.registrar.put(path, { instructors: renamed })
    expect([refused.status, badFields(refused)]).toEqual([
      422,
      ['body.instructors.0.full_name', 'body.instructors.0.email'],
    ])
    const both = [{ instructors, user_ids: [teacher.userId] }, {}]
    for (const body of both) expect((await w.registrar.put(path, body)).status).toBe(422)
    const more = await w.registrar.put(path, { instructors: [...instructors, { user_id: other.userId }] })
    expect(idsOf(more)).toEqual([teacher.userId, other.userId])
  })

  test('tells their e-mails to staff and to students with a seat, and to nobody else', async () => {
    const section = await w.section()
    await w.teach(section.id, teacher)
    const [seated, left, stranger] = [await w.studentPersona(), await w.studentPersona(), await w.studentPersona()]
    const applicant = await persona('student')
    await w.enroll(section.id, seated.studentId!)
    const seat = await w.enroll(section.id, left.studentId!)
    await w.registrar.post(`/enrollments/${seat.id}/drop`)
    const shownTo = async (caller: Persona) =>
      (await caller.get(`/sections/${section.id}/instructors`)).data.instructors.map(({ email }) => email)
    for (const caller of [w.registrar, other, seated]) expect(await shownTo(caller)).toEqual([teacher.email])
    for (const caller of [left, stranger, applicant]) expect(await shownTo(caller)).toEqual([null])
  })

  test('gives them, and only them, the gradebook', async () => {
    const section = await w.section()
    await w.teach(section.id, teacher)
    expect((await teacher.get(`/sections/${section.id}/gradebook`)).status).toBe(200)
    expect((await other.get(`/sections/${section.id}/gradebook`)).error?.code).toBe('SECTION_NOT_FOUND')
    await w.teach(section.id, other)
    expect((await teacher.get(`/sections/${section.id}/gradebook`)).error?.code).toBe('SECTION_NOT_FOUND')
  })

  test('refuses students, inactive, deleted and unknown accounts, and changes nothing', async () => {
    const section = await w.section()
    await w.teach(section.id, teacher)
    const inactive = await w.teacher()
    await setAccount(inactive.userId, 'is_active', 0)
    const deleted = await w.teacher()
    await setAccount(deleted.userId, 'deleted_at', '2026-01-01T00:00:00.000Z')
    const student = await persona('student')
    const before = await countRows('audit_log')
    for (const userId of [student.userId, inactive.userId, deleted.userId, 999_999]) {
      const body = { user_ids: [other.userId, userId] }
      const answer = await w.registrar.put(`/sections/${section.id}/instructors`, body)
      expect([answer.status, answer.error?.code]).toEqual([404, 'INSTRUCTOR_NOT_FOUND'])
      expect(badFields(answer)).toEqual(['body.user_ids.1'])
    }
    const all = [999_999, other.userId, deleted.userId].map((user_id) => ({ user_id }))
    const answer = await w.registrar.put(`/sections/${section.id}/instructors`, { instructors: all })
    expect(badFields(answer)).toEqual(['body.instructors.0.user_id', 'body.instructors.2.user_id'])
    expect(idsOf(await w.registrar.get(`/sections/${section.id}/instructors`))).toEqual([teacher.userId])
    expect(await countRows('audit_log')).toBe(before)
    expect((await w.registrar.get(`/sections/${section.id}`)).data.version).toBe(2)
  })

  test('leaves an audit row with the old and the new instructors', async () => {
    const section = await w.section()
    await w.teach(section.id, teacher)
    await w.teach(section.id, other)
    const [audit] = await auditRows('section', section.id)
    expect(audit).toMatchObject({ action: 'section.assign', actor_id: w.registrar.userId, status: 200 })
    expect(JSON.parse(audit!.changes)).toEqual({ instructors: { old: [teacher.userId], new: [other.userId] } })
  })

  test('to those who teach already writes nothing', async () => {
    const section = await w.section()
    await w.teach(section.id, teacher)
    const before = await countRows('audit_log')
    await w.teach(section.id, teacher)
    expect(await countRows('audit_log')).toBe(before)
  })

  test('with a stale If-Match answers 412', async () => {
    const section = await w.section()
    await w.registrar.patch(`/sections/${section.id}`, { capacity: 31 })
    const body = { user_ids: [teacher.userId] }
    const answer = await w.registrar.put(`/sections/${section.id}/instructors`, body, { 'if-match': '"1"' })
    expect([answer.status, answer.error?.code]).toEqual([412, 'PRECONDITION_FAILED'])
  })

  test('of a section that is not there, or no longer, answers 404, also when reading', async () => {
    const section = await w.section()
    await w.registrar.delete(`/sections/${section.id}`)
    for (const id of [section.id, 999_999]) {
      for (const answer of [
        await w.registrar.put(`/sections/${id}/instructors`, { user_ids: [] }),
        await w.registrar.get(`/sections/${id}/instructors`),
      ]) {
        expect([answer.status, answer.error?.code]).toEqual([404, 'SECTION_NOT_FOUND'])
      }
    }
  })

  test.each([
    [{ user_ids: [0] }],
    [{ user_ids: ['1'] }],
    [{ user_ids: Array.from({ length: 21 }, (_, i) => i + 1) }],
    [{}],
  ])('refuses the body %j', async (body) => {
    const section = await w.section()
    const answer = await w.registrar.put(`/sections/${section.id}/instructors`, body)
    expect([answer.status, answer.error?.code]).toEqual([422, 'VALIDATION_ERROR'])
  })
})
