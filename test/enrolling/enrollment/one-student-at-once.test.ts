import { beforeAll, describe, expect, test } from 'vitest'
import { type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const mondayIn = (room: string) => ({ meetings: [{ weekday: 1, start: '09:00', end: '11:00', room }] })

/** Sections of different courses in one term. */
async function sections(count: number, fields: { credits?: number } = {}) {
  const { id: term_id } = await w.term()
  const made = []
  for (let i = 0; i < count; i += 1) {
    const { id: course_id } = await w.course(fields)
    made.push((await w.section({ course_id, term_id })).id)
  }
  return made
}

const seatsOf = async (student: number) =>
  (await w.registrar.get(`/enrollments?student_id=${student}&status=enrolled`)).data.total

describe('one student who asks for several seats at the same time', () => {
  test('gets one of those that meet at the same hour', async () => {
    const ids = await sections(6)
    for (const id of ids)
      expect((await w.registrar.put(`/sections/${id}/meetings`, mondayIn(`A${id}`))).status).toBe(200)
    const { id: student_id } = await w.student()
    const answers = await Promise.all(ids.map((id) => w.registrar.post(`/sections/${id}/enroll`, { student_id })))
    expect(answers.map(({ status, error }) => error?.code ?? status).toSorted()).toEqual([
      201,
      ...Array.from({ length: 5 }, () => 'SCHEDULE_CONFLICT'),
    ])
    expect(await seatsOf(student_id)).toBe(1)
  })

  test('gets no more credits than the program allows', async () => {
    const { id: program_id } = await w.program({ credits_per_term: 20 })
    const ids = await sections(6, { credits: 10 })
    const { id: student_id } = await w.student({ program_id })
    const answers = await Promise.all(ids.map((id) => w.registrar.post(`/sections/${id}/enroll`, { student_id })))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2)
    expect(answers.filter(({ error }) => error?.code === 'CREDIT_LIMIT')).toHaveLength(4)
    expect(await seatsOf(student_id)).toBe(2)
  })

  test('also by baskets', async () => {
    const { id: program_id } = await w.program({ credits_per_term: 20 })
    const ids = await sections(6, { credits: 10 })
    const { id: student_id } = await w.student({ program_id })
    const basket = (pair: number[]) =>
      w.registrar.post('/enrollments/bulk', { enrollments: pair.map((section_id) => ({ section_id, student_id })) })
    await Promise.all([basket(ids.slice(0, 2)), basket(ids.slice(2, 4)), basket(ids.slice(4))])
    expect(await seatsOf(student_id)).toBe(2)
  })
})
