import { beforeAll, describe, expect, test } from 'vitest'
import { meanwhile } from '../../platform/database/between.ts'
import { codeOf, json, serveWith } from '../../platform/http/serve.ts'
import { type World, world } from '../../world.ts'
import { block, enrolledIn, fullSection, join, waitingIn } from './queue.ts'
import { past, underWay } from '../../under-way.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

/** One request of the registrar; something else happens when all was read for it and nothing is written yet. */
async function sendWhile(act: () => Promise<unknown>, method: string, path: string, body: object = {}) {
  const init = json(method, body, { authorization: `Bearer ${w.registrar.token}` })
  const answer = await serveWith({ DB: meanwhile(act) }, `/api/v1${path}`, init)
  return answer.status === 204 ? '204' : codeOf(answer)
}

/** Drops a seat; something else happens when it was decided who gets it. */
const drop = (seat: { id: number }, act: () => Promise<unknown>) =>
  sendWhile(act, 'POST', `/enrollments/${seat.id}/drop`)

const meet = (section: number) =>
  w.registrar.put(`/sections/${section}/meetings`, {
    meetings: [{ weekday: 1, start: '09:00', end: '11:00', room: null }],
  })

describe('a seat that is freed', () => {
  test('goes to somebody who joins meanwhile, the first and only one', async () => {
    const { id, seated } = await fullSection(w)
    const student = await w.student()
    expect(await drop(seated[0]!, () => join(w, id, student.id))).toBe('200')
    expect([await enrolledIn(w, id), await waitingIn(w, id)]).toEqual([[student.id], []])
  })

  test('goes to somebody who joins meanwhile behind another who may not have it', async () => {
    const { id, seated, queue } = await fullSection(w, { waiting: 1 })
    const [first, student] = [queue[0]!.student_id, await w.student()]
    await block(w, first)
    expect(await drop(seated[0]!, () => join(w, id, student.id))).toBe('200')
    expect([await enrolledIn(w, id), await waitingIn(w, id)]).toEqual([[student.id], [first]])
  })

  test('does not go to somebody who takes a seat at the same hour meanwhile', async () => {
    const { id, seated, queue, term_id } = await fullSection(w, { waiting: 2 })
    const elsewhere = await w.section({ term_id })
    for (const section of [id, elsewhere.id]) await meet(section)
    const [first, second] = queue.map(({ student_id }) => student_id)
    expect(await drop(seated[0]!, () => w.enroll(elsewhere.id, first!))).toBe('200')
    expect([await enrolledIn(w, id), await waitingIn(w, id)]).toEqual([[second], [first]])
  })

  test('does not go to somebody who leaves the line meanwhile', async () => {
    const { id, seated, queue } = await fullSection(w, { waiting: 2 })
    expect(await drop(seated[0]!, () => w.registrar.delete(`/waitlist/${queue[0]!.id}`))).toBe('200')
    expect([await enrolledIn(w, id), await waitingIn(w, id)]).toEqual([[queue[1]!.student_id], []])
  })
})

test.each<[string, string, (of: { id: number; section: number; to: number }) => [string, string, object?]]>([
  ['dropped', '200', ({ id }) => ['POST', `/enrollments/${id}/drop`]],
  ['withdrawn from', '200', ({ id }) => ['POST', `/enrollments/${id}/withdraw`]],
  ['deleted', '204', ({ id }) => ['DELETE', `/enrollments/${id}`]],
  ['left for another section', '201', ({ id, to }) => ['POST', `/enrollments/${id}/transfer`, { section_id: to }]],
  ['added', '200', ({ section }) => ['PATCH', `/sections/${section}`, { capacity: 2 }]],
])(
  'a seat that is %s goes to the one who joins meanwhile, or takes no seat at the same hour',
  async (how, done, ask) => {
    const drop_deadline = how === 'withdrawn from' ? past : null
    const { id: term_id } = await w.term({ ...underWay, drop_deadline })
    const { id, seated, queue, course_id } = await fullSection(w, { term_id, waiting: 1 })
    const [to, elsewhere] = [await w.section({ course_id, term_id, number: 'B' }), await w.section({ term_id })]
    for (const section of [id, elsewhere.id]) await meet(section)
    const newcomer = await w.student()
    const both = async () => {
      await w.enroll(elsewhere.id, queue[0]!.student_id)
      await join(w, id, newcomer.id)
    }
    expect(await sendWhile(both, ...ask({ id: seated[0]!.id, section: id, to: to.id }))).toBe(done)
    expect((await enrolledIn(w, id)).at(-1)).toBe(newcomer.id)
    expect(await waitingIn(w, id)).toEqual([queue[0]!.student_id])
  },
)
