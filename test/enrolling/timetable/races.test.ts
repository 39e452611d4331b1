import { beforeAll, describe, expect, test } from 'vitest'
import { meanwhile } from '../../platform/database/between.ts'
import { json, serveWith } from '../../platform/http/serve.ts'
import { countRows, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const monday = (room?: string) => ({ weekday: 1, start: '09:00', end: '11:00', ...(room && { room }) })
const ask = async (method: string, path: string, body: object, DB: D1Database) => {
  const response = await serveWith({ DB }, `/api/v1${path}`, json(method, body, authorized()))
  const { data, error } = (await response.json()) as Answered
  return error?.code ?? data?.errors?.[0]?.code ?? response.status
}
const authorized = () => ({ authorization: `Bearer ${w.registrar.token}` })

interface Answered {
  data: { errors?: { code: string }[] } | null
  error: { code: string } | null
}

const seatsIn = (section: number) =>
  countRows(`enrollment where section_id = ${section} and status = 'enrolled' and deleted_at is null`)
const meetingsIn = (section: number) => countRows(`section_meeting where section_id = ${section}`)

/** Two sections of different courses in one term: the first meets on Mondays and has the student. */
async function two() {
  const { id: term_id } = await w.term()
  const [there, here] = [await w.section({ term_id }), await w.section({ term_id })]
  await w.registrar.put(`/sections/${there.id}/meetings`, { meetings: [monday()] })
  const student = await w.student()
  await w.enroll(there.id, student.id)
  return { there, here, student }
}

const schedule = (section: number, body: object = { meetings: [monday()] }) =>
  w.registrar.put(`/sections/${section}/meetings`, body)

describe('a seat that is asked for while its section gets other meetings', () => {
  type Ask = (place: { section_id: number; student_id: number }, DB: D1Database) => Promise<unknown>
  const ways: [string, Ask][] = [
    ['alone', ({ section_id, student_id }, DB) => ask('POST', `/sections/${section_id}/enroll`, { student_id }, DB)],
    [
      'in a list',
      ({ section_id, student_id }, DB) =>
        ask('POST', `/sections/${section_id}/enroll/bulk`, { student_ids: [student_id] }, DB),
    ],
    ['in a basket', (place, DB) => ask('POST', '/enrollments/bulk', { enrollments: [place] }, DB)],
    [
      'by a transfer',
      async ({ section_id, student_id }, DB) => {
        const { course_id, term_id } = (await w.registrar.get(`/sections/${section_id}`)).data
        const old = await w.section({ course_id, term_id, number: 'B' })
        const { id } = await w.enroll(old.id, student_id)
        return ask('POST', `/enrollments/${id}/transfer`, { section_id }, DB)
      },
    ],
  ]

  test.each(ways)('%s, is refused for the clash', async (_, act) => {
    const { here, student } = await two()
    const DB = meanwhile(async () => expect((await schedule(here.id)).status).toBe(200))
    expect(await act({ section_id: here.id, student_id: student.id }, DB)).toBe('SCHEDULE_CONFLICT')
    expect([await seatsIn(here.id), await meetingsIn(here.id)]).toEqual([0, 1])
  })

  test('is refused as well when the other section is the one that moves', async () => {
    const { there, here, student } = await two()
    await schedule(there.id, { meetings: [] })
    await schedule(here.id)
    const DB = meanwhile(async () => expect((await schedule(there.id)).status).toBe(200))
    expect(await ask('POST', `/sections/${here.id}/enroll`, { student_id: student.id }, DB)).toBe('SCHEDULE_CONFLICT')
    expect(await seatsIn(here.id)).toBe(0)
  })

  test('goes to nobody by a promotion', async () => {
    const { here, student } = await two()
    await w.registrar.patch(`/sections/${here.id}`, { capacity: 1, waitlist_capacity: 1 })
    const { id } = await w.enroll(here.id, (await w.student()).id)
    await w.registrar.post(`/sections/${here.id}/waitlist`, { student_id: student.id })
    const DB = meanwhile(async () => expect((await schedule(here.id)).status).toBe(200))
    expect(await ask('POST', `/enrollments/${id}/drop`, {}, DB)).toBe(200)
    expect(await seatsIn(here.id)).toBe(0)
  })

  test('is given when they clash with nothing', async () => {
    const { here, student } = await two()
    const DB = meanwhile(() => schedule(here.id, { meetings: [{ ...monday(), weekday: 2 }] }))
    expect(await ask('POST', `/sections/${here.id}/enroll`, { student_id: student.id }, DB)).toBe(201)
  })
})

describe('meetings that are set', () => {
  test('while somebody of another section at that time enrolls are refused for the clash', async () => {
    const { here, student } = await two()
    const DB = meanwhile(() => w.enroll(here.id, student.id))
    expect(await ask('PUT', `/sections/${here.id}/meetings`, { meetings: [monday()] }, DB)).toBe('MEETINGS_CLASH')
    expect([await seatsIn(here.id), await meetingsIn(here.id)]).toEqual([1, 0])
  })

  test.each(['room', 'teacher'])('while another section gets the %s at that time are refused', async (shared) => {
    const { id: term_id } = await w.term()
    const [there, here] = [await w.section({ term_id }), await w.section({ term_id })]
    const teacher = await w.teacher()
    if (shared === 'teacher') for (const { id } of [there, here]) await w.teach(id, teacher)
    const meetings = [monday(shared === 'room' ? `R${there.id}` : undefined)]
    const DB = meanwhile(async () => expect((await schedule(there.id, { meetings })).status).toBe(200))
    expect(await ask('PUT', `/sections/${here.id}/meetings`, { meetings }, DB)).toBe('MEETINGS_CLASH')
    expect(await meetingsIn(here.id)).toBe(0)
  })

  test('while their teacher gets another section at that time are refused', async () => {
    const { there, here } = await two()
    const teacher = await w.teacher()
    await w.teach(here.id, teacher)
    const DB = meanwhile(() => w.teach(there.id, teacher))
    expect(await ask('PUT', `/sections/${here.id}/meetings`, { meetings: [monday()] }, DB)).toBe('MEETINGS_CLASH')
  })

  test('while a deleted section with their room comes back are refused', async () => {
    const { id: term_id } = await w.term()
    const [gone, here] = [await w.section({ term_id }), await w.section({ term_id })]
    const meetings = [monday(`R${gone.id}`)]
    await schedule(gone.id, { meetings })
    await w.registrar.delete(`/sections/${gone.id}`)
    const DB = meanwhile(() => w.registrar.post(`/sections/${gone.id}/restore`))
    expect(await ask('PUT', `/sections/${here.id}/meetings`, { meetings }, DB)).toBe('MEETINGS_CLASH')
  })
})

describe('two terms', () => {
  /** One after the other, each with a section on Mondays; the student has a seat in the second. */
  async function apart() {
    const [spring, summer] = [
      await w.term({ start_date: '2036-02-04', end_date: '2036-06-01' }),
      await w.term({ start_date: '2036-06-10', end_date: '2036-07-31' }),
    ]
    const [first, second] = [await w.section({ term_id: spring.id }), await w.section({ term_id: summer.id })]
    for (const { id } of [first, second]) await schedule(id)
    const student = await w.student()
    await w.enroll(second.id, student.id)
    return { spring, first, student }
  }
  const longer = { end_date: '2036-06-20' }

  test('that have Mondays in common are no place for one student on Mondays', async () => {
    const { spring, first, student } = await apart()
    const check = () => w.registrar.post(`/sections/${first.id}/enroll/check`, { student_id: student.id })
    expect((await check()).data.allowed).toBe(true)
    expect((await w.registrar.patch(`/terms/${spring.id}`, { end_date: '2036-06-15' })).status).toBe(200)
    expect((await check()).data.allowed).toBe(true)
    expect((await w.registrar.patch(`/terms/${spring.id}`, longer)).status).toBe(200)
    expect((await check()).data.reasons.map(({ code }) => code)).toEqual(['SCHEDULE_CONFLICT'])
  })

  test('become such while the student enrolls: the seat is refused', async () => {
    const { spring, first, student } = await apart()
    const DB = meanwhile(async () => expect((await w.registrar.patch(`/terms/${spring.id}`, longer)).status).toBe(200))
    expect(await ask('POST', `/sections/${first.id}/enroll`, { student_id: student.id }, DB)).toBe('SCHEDULE_CONFLICT')
    expect(await seatsIn(first.id)).toBe(0)
  })

  test('are to become such while the student enrolls: the days are refused', async () => {
    const { spring, first, student } = await apart()
    const DB = meanwhile(() => w.enroll(first.id, student.id))
    expect(await ask('PATCH', `/terms/${spring.id}`, longer, DB)).toBe('MEETINGS_CLASH')
  })
})

test('of two seats at one time that one student asks for at once one is given', async () => {
  const { id: term_id } = await w.term()
  const [there, here] = [await w.section({ term_id }), await w.section({ term_id })]
  for (const { id } of [there, here]) await schedule(id)
  const { id: student_id } = await w.student()
  const DB = meanwhile(() => w.enroll(there.id, student_id))
  expect(await ask('POST', `/sections/${here.id}/enroll`, { student_id }, DB)).toBe('SCHEDULE_CONFLICT')
  expect([await seatsIn(there.id), await seatsIn(here.id)]).toEqual([1, 0])
})
