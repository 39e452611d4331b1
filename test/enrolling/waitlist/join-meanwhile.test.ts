import { beforeAll, expect, test } from 'vitest'
import { meanwhile } from '../../platform/database/between.ts'
import { codeOf, json, serveWith } from '../../platform/http/serve.ts'
import { countRows, type World, world } from '../../world.ts'
import { execute } from '../../grading/graded-section.ts'
import { fullSection, join } from './queue.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

type Full = Awaited<ReturnType<typeof fullSection>>
const drop = (seat: { id: number }) => w.registrar.post(`/enrollments/${seat.id}/drop`)

test.each<[string, string, (full: Full, student: number) => Promise<unknown>]>([
  ['a seat is freed', '400 WAITLIST_NOT_NEEDED', ({ seated }) => drop(seated[0]!)],
  ['somebody else gets the last place', '400 WAITLIST_FULL', async ({ id }) => join(w, id, (await w.student()).id)],
  [
    'the student gets a seat',
    '409 ALREADY_ENROLLED',
    async ({ id, seated }, student) => {
      await drop(seated[0]!)
      await w.enroll(id, student)
    },
  ],
  ['the term is closed', '400 TERM_CLOSED', ({ term_id }) => w.registrar.post(`/terms/${term_id}/close`)],
])('nobody joins a waitlist where %s meanwhile: %s', async (_, code, act) => {
  const full = await fullSection(w, { waitlist_capacity: 1 })
  const { id: student_id } = await w.student()
  const init = json('POST', { student_id }, { authorization: `Bearer ${w.registrar.token}` })
  const DB = meanwhile(() => act(full, student_id))
  expect(await codeOf(await serveWith({ DB }, `/api/v1/sections/${full.id}/waitlist`, init))).toBe(code)
  expect(await countRows(`waitlist_entry where student_id = ${student_id}`)).toBe(0)
})

test('a place in line that led to a seat is given up by nobody, whatever asks for it', async () => {
  const { seated, queue } = await fullSection(w, { waiting: 1 })
  await drop(seated[0]!)
  for (const change of ['deleted_at = created_at', 'enrollment_id = null'])
    await expect(execute(`update waitlist_entry set ${change} where id = ?`, queue[0]!.id)).rejects.toThrow(
      'waitlist_ended_is_final',
    )
})

test('who leaves a waitlist while a seat goes to them is told', async () => {
  const { seated, queue } = await fullSection(w, { waiting: 1 })
  const init = { method: 'DELETE', headers: { authorization: `Bearer ${w.registrar.token}` } }
  const DB = meanwhile(() => drop(seated[0]!))
  expect(await codeOf(await serveWith({ DB }, `/api/v1/waitlist/${queue[0]!.id}`, init))).toBe('409 STALE_STATE')
})
