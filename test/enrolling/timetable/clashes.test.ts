import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { execute } from '../../grading/graded-section.ts'
import { racing } from '../../platform/database/between.ts'
import { codeOf, json, serveWith } from '../../platform/http/serve.ts'
import { auditRows, type Persona, type World, world } from '../../world.ts'

let w: World
let teacher: Persona
/** From a Thursday on. */
let term: { id: number }
beforeAll(async () => {
  w = await world()
  teacher = await w.teacher()
  term = await w.term()
})

const at = (weekday: number, start: string, end: string, room: string | null = null) => ({ weekday, start, end, room })
const put = (id: number, meetings: object[], query = '') =>
  w.registrar.put(`/sections/${id}/meetings${query}`, { meetings })
const accept = '?accept_clashes=true'
const section = async (meetings: object[] = [], term_id = term.id) => {
  const made = await w.section({ term_id })
  if (meetings.length > 0) expect((await put(made.id, meetings)).status).toBe(200)
  return made
}
const clashesOf = ({ error }: { error: { details: object } | null }) =>
  (error?.details as { clashes?: Record<string, unknown>[] } | undefined)?.clashes

describe('new meetings that clash', () => {
  test('are refused with who and what is in both sections, and on which first day', async () => {
    const there = await section([at(1, '09:00', '11:00', 'Αίθουσα Α1')])
    const here = await section()
    const students = [await w.student(), await w.student()]
    for (const { id } of students) for (const one of [there, here]) await w.enroll(one.id, id)
    for (const one of [there, here]) await w.teach(one.id, teacher)
    const answer = await put(here.id, [at(1, '10:00', '12:00', 'ΑΊΘΟΥΣΑ a1')])
    expect(refusal(answer)).toEqual([409, 'MEETINGS_CLASH'])
    expect(answer.error?.message).toBe('Clashes: 3, listed in details. Repeat with accept_clashes=true to insist.')
    const both = {
      of_section_id: here.id,
      of_section_number: '1',
      of_course_code: here.course_code,
      section_id: there.id,
      section_number: '1',
      course_code: there.course_code,
      date: '2026-10-05',
      from: '10:00',
      to: '11:00',
    }
    expect(clashesOf(answer)).toEqual([
      { ...both, kind: 'instructor', room: null, count: 1, ids: [teacher.userId] },
      { ...both, kind: 'room', room: 'ΑΊΘΟΥΣΑ a1', count: 1, ids: [] },
      { ...both, kind: 'student', room: null, count: 2, ids: students.map(({ id }) => id) },
    ])
    expect((await w.registrar.get(`/sections/${here.id}/meetings`)).data.meetings).toEqual([])
    const insisted = await put(here.id, [at(1, '10:00', '12:00', 'ΑΊΘΟΥΣΑ a1')], accept)
    expect([insisted.status, insisted.data.clashes]).toEqual([200, clashesOf(answer)])
    const [audit] = await auditRows('section', here.id)
    expect(JSON.parse(audit!.changes)).toMatchObject({ accept_clashes: { new: true } })
  })

  test('are those at another time or in another room than before: what was accepted is not asked about again', async () => {
    await section([at(2, '09:00', '11:00', 'R1')])
    const here = await section()
    expect((await put(here.id, [at(2, '09:00', '11:00', 'r1')], accept)).data.clashes).toHaveLength(1)
    const more = [at(2, '09:00', '11:00', 'R1'), at(3, '09:00', '11:00', 'R1')]
    expect((await put(here.id, more)).data).toEqual({ meetings: more })
    expect((await put(here.id, more, accept)).data.clashes).toEqual([])
  })

  test.each([
    ['begin as the other ends', at(4, '11:00', '12:00', 'R2')],
    ['end as the other begins', at(4, '08:00', '09:00', 'R2')],
    ['are on another day', at(5, '09:00', '11:00', 'R2')],
    ['are in another room', at(4, '09:00', '11:00', 'R3')],
    ['are nowhere', at(4, '09:00', '11:00')],
  ])('are none that %s', async (_, meeting) => {
    await put((await section()).id, [at(4, '09:00', '11:00', 'R2')], accept)
    expect((await put((await section()).id, [meeting])).status).toBe(200)
  })

  test('are none with seats that ended, sections that are deleted, or terms of other days', async () => {
    const later = await w.term({ start_date: '2027-02-16', end_date: '2027-06-30' })
    await section([at(6, '09:00', '11:00', 'R4')], later.id)
    const gone = await section([at(6, '09:00', '11:00', 'R4')])
    await w.registrar.delete(`/sections/${gone.id}`)
    const [left, here] = [await section([at(6, '09:00', '11:00')]), await section()]
    const { id } = await w.student()
    const seat = await w.enroll(left.id, id)
    await w.enroll(here.id, id)
    await w.registrar.post(`/enrollments/${seat.id}/drop`)
    expect((await put(here.id, [at(6, '09:00', '11:00', 'R4')])).status).toBe(200)
    const back = await w.registrar.post(`/sections/${gone.id}/restore`)
    expect([...refusal(back), clashesOf(back)?.map(({ kind, section_id }) => [kind, section_id])]).toEqual([
      409,
      'MEETINGS_CLASH',
      [['room', here.id]],
    ])
    const insisted = await w.registrar.post(`/sections/${gone.id}/restore${accept}`)
    expect([insisted.status, clashesOf({ error: { details: insisted.data } })]).toEqual([200, clashesOf(back)])
  })

  test.each(['ΑΙΘΟΥΣΑ Β7', 'αίθουσα  β7', ' Αίθουσα Β7', 'Αι\u0301θουσα\u00A0Β7'])(
    'are in one room however it is written: %j',
    async (room) => {
      const days = await w.term({ start_date: '2033-02-01', end_date: '2033-05-31' })
      const there = await section([], days.id)
      await put(there.id, [at(4, '09:00', '11:00', 'Αίθουσα Β7')], accept)
      const here = await section([], days.id)
      expect(refusal(await put(here.id, [at(4, '10:00', '12:00', room)]))).toEqual([409, 'MEETINGS_CLASH'])
    },
  )

  test('name fifty people and count all', async () => {
    const [there, here] = [await section([at(7, '18:00', '20:00')]), await section()]
    const { id } = await w.student()
    for (const one of [there, here]) {
      await w.enroll(one.id, id)
      await execute(`update section set capacity = 500 where id = ${one.id}`)
    }
    const copies = `with recursive n (i) as (select 1 union all select i + 1 from n where i < 59)`
    await execute(`insert into student (student_number, first_name, last_name, email, enrollment_date, search_text, created_at, updated_at)
      ${copies} select 'clash-' || i, 'A', 'B', 'clash' || i || '@lyceum.test', '2025-09-20', '', 'x', 'x' from n`)
    for (const one of [there, here])
      await execute(`insert into enrollment (section_id, student_id, status, enrolled_at, created_at, updated_at)
        select ${one.id}, id, 'enrolled', 'x', 'x', 'x' from student where student_number like 'clash-%'`)
    const [clash] = clashesOf(await put(here.id, [at(7, '19:00', '21:00')]))!
    expect([clash!['count'], (clash!['ids'] as number[]).length, clash!['from'], clash!['to']]).toEqual([
      60,
      50,
      '19:00',
      '20:00',
    ])
  })
})

describe('a new instructor who clashes', () => {
  test('is refused; one who teaches there already is not asked about again', async () => {
    const [there, here] = [await section([at(1, '14:00', '16:00')]), await section([at(1, '15:00', '17:00')])]
    await w.teach(there.id, teacher)
    const user_ids = [teacher.userId]
    const answer = await w.registrar.put(`/sections/${here.id}/instructors`, { user_ids })
    expect([...refusal(answer), clashesOf(answer)]).toMatchObject([
      409,
      'MEETINGS_CLASH',
      [{ kind: 'instructor', section_id: there.id, ids: user_ids }],
    ])
    const insisted = await w.registrar.put(`/sections/${here.id}/instructors${accept}`, { user_ids })
    expect(insisted.data.clashes).toEqual(clashesOf(answer))
    const other = await w.teacher()
    expect((await w.teach(here.id, teacher, other)).status).toBe(200)
  })
})

describe('a section that goes to another term', () => {
  test('is judged by the days of that term', async () => {
    const [later, other] = [
      await w.term({ start_date: '2028-03-01', end_date: '2028-06-30' }),
      await w.term({ start_date: '2029-03-01', end_date: '2029-06-30' }),
    ]
    const there = await section([at(3, '09:00', '11:00', 'R5')], later.id)
    const here = await section([at(3, '10:00', '12:00', 'R5')], other.id)
    const answer = await w.registrar.patch(`/sections/${here.id}`, { term_id: later.id })
    expect([...refusal(answer), clashesOf(answer)]).toMatchObject([
      409,
      'MEETINGS_CLASH',
      [{ kind: 'room', section_id: there.id, date: '2028-03-01' }],
    ])
    expect((await w.registrar.patch(`/sections/${here.id}`, { capacity: 31 })).status).toBe(200)
    const insisted = await w.registrar.patch(`/sections/${here.id}${accept}`, { term_id: later.id })
    expect([insisted.data.term_id, insisted.data.clashes]).toEqual([later.id, clashesOf(answer)])
  })
})

describe('a term on other days', () => {
  test('is refused for what its sections meet there for the first time', async () => {
    const [spring, summer] = [
      await w.term({ start_date: '2030-02-01', end_date: '2030-06-12' }),
      await w.term({ start_date: '2030-06-14', end_date: '2030-07-31' }),
    ]
    const there = await section([at(3, '09:00', '11:00', 'R6'), at(5, '09:00', '11:00', 'R6')], spring.id)
    const here = await section([at(3, '09:00', '11:00', 'R6'), at(5, '10:00', '11:00', 'R6')], summer.id)
    const path = `/terms/${spring.id}` as const
    expect((await w.registrar.patch(path, { end_date: '2030-06-13' })).status).toBe(200)
    const answer = await w.registrar.patch(path, { end_date: '2030-06-18' })
    expect([...refusal(answer), clashesOf(answer)]).toMatchObject([
      409,
      'MEETINGS_CLASH',
      [{ kind: 'room', of_section_id: there.id, section_id: here.id, date: '2030-06-14', from: '10:00', to: '11:00' }],
    ])
    const insisted = await w.registrar.patch(`${path}${accept}`, { end_date: '2030-06-18' })
    expect([insisted.data.end_date, insisted.data.clashes]).toEqual(['2030-06-18', clashesOf(answer)])
    const further = await w.registrar.patch(path, { end_date: '2030-06-19' })
    expect(clashesOf(further)).toMatchObject([{ kind: 'room', date: '2030-06-19', from: '09:00' }])
    expect((await w.registrar.patch(`${path}${accept}`, { name: 'Spring' })).data.clashes).toEqual([])
  })

  test('and two of its sections are one clash, where a week becomes long enough for both', async () => {
    const days = await w.term({ start_date: '2031-03-03', end_date: '2031-03-05' })
    const [one, other] = [await section([], days.id), await section([], days.id)]
    for (const { id } of [one, other]) expect((await put(id, [at(5, '09:00', '11:00', 'R7')])).status).toBe(200)
    const answer = await w.registrar.patch(`/terms/${days.id}`, { end_date: '2031-03-07' })
    expect(clashesOf(answer)).toMatchObject([{ of_section_id: one.id, section_id: other.id, date: '2031-03-07' }])
  })
})

describe('of two at once who would clash', () => {
  const race = (bodies: { path: string; method: string; body: object }[]) =>
    Promise.all(
      racing(bodies.length).map(async (DB, i) => {
        const { path, method, body } = bodies[i]!
        const init = json(method, body, { authorization: `Bearer ${w.registrar.token}` })
        return codeOf(await serveWith({ DB }, `/api/v1${path}`, init))
      }),
    )

  test('one gets the room, and the other learns of the clash', async () => {
    const sections = [await section(), await section()]
    const put = sections.map(({ id }) => ({
      path: `/sections/${id}/meetings`,
      method: 'PUT',
      body: { meetings: [at(2, '18:00', '20:00', 'R8')] },
    }))
    expect(await race(put)).toEqual(['200', '409 MEETINGS_CLASH'])
  })

  test('one gets the teacher', async () => {
    const busy = await w.teacher()
    const sections = [await section([at(2, '20:00', '21:00')]), await section([at(2, '20:00', '21:00')])]
    const put = sections.map(({ id }) => ({
      path: `/sections/${id}/instructors`,
      method: 'PUT',
      body: { user_ids: [busy.userId] },
    }))
    expect(await race(put)).toEqual(['200', '409 MEETINGS_CLASH'])
  })

  test('one gets the days', async () => {
    const terms = [
      await w.term({ start_date: '2032-02-01', end_date: '2032-05-31' }),
      await w.term({ start_date: '2032-06-08', end_date: '2032-08-31' }),
    ]
    for (const { id } of terms) await section([at(1, '09:00', '11:00', 'R9')], id)
    const patch = terms.map(({ id }, i) => ({
      path: `/terms/${id}`,
      method: 'PATCH',
      body: i === 0 ? { end_date: '2032-06-07' } : { start_date: '2032-06-01' },
    }))
    expect(await race(patch)).toEqual(['200', '409 MEETINGS_CLASH'])
  })
})
