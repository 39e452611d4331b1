import { beforeAll, describe, expect, test } from 'vitest'
import { meanwhile } from '../../platform/database/between.ts'
import { codeOf, json, serveWith } from '../../platform/http/serve.ts'
import { type World, world } from '../../world.ts'
import { block, enrolledIn, fullSection, join, waitingIn } from './queue.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

/** Drops a seat; something else happens when it was decided who gets it. */
async function drop(seat: { id: number }, act: () => Promise<unknown>) {
  const init = json('POST', {}, { authorization: `Bearer ${w.registrar.token}` })
  return codeOf(await serveWith({ DB: meanwhile(act) }, `/api/v1/enrollments/${seat.id}/drop`, init))
}

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
