import { beforeAll, expect, test } from 'vitest'
import { codeOf, json, serveWith } from '../../platform/http/serve.ts'
import { racing } from '../../platform/database/between.ts'
import { countRows, testEnv, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

/** A seat, another section of its course, and how to act on both with a database of one's own. */
async function seatAndElsewhere() {
  const { id, course_id, term_id } = await w.section()
  const to = await w.section({ course_id, term_id, number: 'B' })
  const { id: student } = await w.student()
  const seat = await w.enroll(id, student)
  const act = async (DB: D1Database, path: string, body: object = {}) =>
    codeOf(
      await serveWith(
        { DB },
        `/api/v1/enrollments/${seat.id}/${path}`,
        json('POST', body, { authorization: `Bearer ${w.registrar.token}` }),
      ),
    )
  const live = () => countRows(`enrollment where student_id = ${student} and status = 'enrolled'`)
  return { to: to.id, course_id, term_id, act, live }
}

test('a transfer whose old seat is dropped meanwhile gives no new one', async () => {
  const { to, act, live } = await seatAndElsewhere()
  const [first, second] = racing(2)
  const answers = await Promise.all([act(first!, 'drop'), act(second!, 'transfer', { section_id: to })])
  expect(answers).toEqual(['200', '409 ENROLLMENT_ENDED'])
  expect(await live()).toBe(0)
})

test('a seat that was left for another meanwhile is not dropped with it', async () => {
  const { to, act, live } = await seatAndElsewhere()
  const [first, second] = racing(2)
  const answers = await Promise.all([act(first!, 'transfer', { section_id: to }), act(second!, 'drop')])
  expect(answers).toEqual(['201', '409 ENROLLMENT_ENDED'])
  expect(await live()).toBe(1)
})

test('of two transfers at once to the same section one takes place', async () => {
  const { to, act, live } = await seatAndElsewhere()
  const [first, second] = racing(2)
  const transfer = { section_id: to }
  const answers = await Promise.all([act(first!, 'transfer', transfer), act(second!, 'transfer', transfer)])
  expect(answers).toEqual(['201', '409 ENROLLMENT_ENDED'])
  expect(await live()).toBe(1)
})

test('leads to another section of the same course in the same term only', async () => {
  const { act, live, course_id, term_id } = await seatAndElsewhere()
  const otherCourse = await w.section({ term_id })
  const otherTerm = await w.section({ course_id, number: 'C', term_id: (await w.term()).id })
  for (const { id: section_id } of [otherCourse, otherTerm])
    expect(await act(testEnv.DB, 'transfer', { section_id })).toBe('400 TRANSFER_OTHER_COURSE')
  expect(await live()).toBe(1)
})
