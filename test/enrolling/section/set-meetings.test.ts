import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { racing } from '../../platform/database/between.ts'
import { codeOf, json, serveWith } from '../../platform/http/serve.ts'
import { auditRows, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const at = (weekday: number, start: string, end: string, room: string | null = null) => ({ weekday, start, end, room })
const put = (id: number, ...meetings: object[]) => w.registrar.put(`/sections/${id}/meetings`, { meetings })
const meetingsOf = async (id: number) => (await w.registrar.get(`/sections/${id}/meetings`)).data.meetings

describe('the meetings of a section', () => {
  test('are replaced as a whole and shown in the order of the week', async () => {
    const { id } = await w.section()
    await put(id, at(3, '09:00', '11:00'))
    const answer = await put(id, at(1, '09:00', '11:00', 'A1'), at(4, '12:00', '14:00'))
    expect(answer.data.meetings).toEqual([at(1, '09:00', '11:00', 'A1'), at(4, '12:00', '14:00')])
    expect((await w.registrar.get(`/sections/${id}/meetings`)).data).toEqual(answer.data)
    expect(await auditRows('section', id)).toHaveLength(3)
  })

  test('that stay the same leave no audit row', async () => {
    const { id } = await w.section()
    await put(id, at(1, '09:00', '11:00'))
    await put(id, at(1, '09:00', '11:00'))
    expect(await auditRows('section', id)).toHaveLength(2)
  })

  test('are replaced on the version that was seen', async () => {
    const { id } = await w.section()
    await put(id, at(1, '09:00', '11:00'))
    const meetings = [at(2, '09:00', '11:00')]
    const stale = await w.registrar.put(`/sections/${id}/meetings`, { meetings }, { 'if-match': '"1"' })
    expect(refusal(stale)).toEqual([412, 'PRECONDITION_FAILED'])
    expect(await meetingsOf(id)).toEqual([at(1, '09:00', '11:00')])
  })

  test('of two at once are those of one, and the other is told', async () => {
    const { id } = await w.section()
    const answers = await Promise.all(
      racing(2).map(async (DB, i) => {
        const body = { meetings: [at(i + 1, '09:00', '11:00')] }
        const init = json('PUT', body, { authorization: `Bearer ${w.registrar.token}` })
        return codeOf(await serveWith({ DB }, `/api/v1/sections/${id}/meetings`, init))
      }),
    )
    expect(answers).toEqual(['200', '409 STALE_STATE'])
    expect(await meetingsOf(id)).toEqual([at(1, '09:00', '11:00')])
  })

  test('may follow one another but not overlap', async () => {
    const { id } = await w.section()
    expect((await put(id, at(1, '09:00', '10:00'), at(1, '10:00', '11:00'))).status).toBe(200)
    const overlap = await put(id, at(1, '09:00', '10:01'), at(1, '10:00', '11:00'))
    expect([overlap.status, overlap.error?.code]).toEqual([400, 'MEETINGS_OVERLAP'])
  })

  test.each([
    at(0, '09:00', '10:00'),
    at(8, '09:00', '10:00'),
    at(1, '24:00', '25:00'),
    at(1, '9:00', '10:00'),
    at(1, '10:00', '10:00'),
  ])('are no %o', async (meeting) => {
    expect((await put((await w.section()).id, meeting)).error?.code).toBe('VALIDATION_ERROR')
  })

  test('of a section that is not there are not found', async () => {
    expect((await put(999_999)).error?.code).toBe('SECTION_NOT_FOUND')
    expect((await w.registrar.get('/sections/999999/meetings')).error?.code).toBe('SECTION_NOT_FOUND')
  })
})

describe('a timetable clash', () => {
  async function timetable(first: object, second: object, sameTerm = true) {
    const term = await w.term()
    const a = await w.section({ term_id: term.id })
    const later = { start_date: '2027-02-16', end_date: '2027-06-30' }
    const b = await w.section({ term_id: sameTerm ? term.id : (await w.term(later)).id })
    await put(a.id, first)
    await put(b.id, second)
    const student = await w.student()
    await w.enroll(a.id, student.id)
    return { a, b, student }
  }

  test('refuses the second section and names the course in the way', async () => {
    const { a, b, student } = await timetable(at(2, '09:00', '11:00'), at(2, '10:59', '12:00'))
    const answer = await w.registrar.post(`/sections/${b.id}/enroll`, { student_id: student.id })
    expect([answer.status, answer.error?.code]).toEqual([400, 'SCHEDULE_CONFLICT'])
    expect(answer.error?.message).toBe(
      `The section meets at the same time as ${a.course_code as string}. Choose another section, or leave that one first.`,
    )
    const bulk = await w.registrar.post(`/sections/${b.id}/enroll/bulk`, { student_ids: [student.id] })
    expect(bulk.data.errors).toMatchObject([{ index: 0, code: 'SCHEDULE_CONFLICT' }])
  })

  test.each([
    ['right after one another', at(2, '09:00', '11:00'), at(2, '11:00', '12:00'), true],
    ['on another day', at(2, '09:00', '11:00'), at(3, '09:00', '11:00'), true],
    ['in a term of other days', at(2, '09:00', '11:00'), at(2, '09:00', '11:00'), false],
  ])('is not there %s', async (_, first, second, sameTerm) => {
    const { b, student } = await timetable(first, second, sameTerm)
    expect((await w.registrar.post(`/sections/${b.id}/enroll`, { student_id: student.id })).status).toBe(201)
  })

  test('ends with the enrollment that was in the way', async () => {
    const { a, b, student } = await timetable(at(2, '09:00', '11:00'), at(2, '09:00', '11:00'))
    const [seat] = (await w.registrar.get(`/enrollments?section_id=${a.id}`)).data.items
    await w.registrar.post(`/enrollments/${seat!.id}/drop`)
    expect((await w.registrar.post(`/sections/${b.id}/enroll`, { student_id: student.id })).status).toBe(201)
  })

  test('does not keep a student from a transfer between sections of one course', async () => {
    const from = await w.section()
    const to = await w.section({ course_id: from.course_id as number, term_id: from.term_id as number, number: '2' })
    for (const { id } of [from, to]) await put(id, at(5, '09:00', '11:00'))
    const seat = await w.enroll(from.id, (await w.student()).id)
    expect((await w.registrar.post(`/enrollments/${seat.id}/transfer`, { section_id: to.id })).status).toBe(201)
  })
})
