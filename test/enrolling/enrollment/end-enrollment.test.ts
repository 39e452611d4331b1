import { beforeAll, describe, expect, test } from 'vitest'
import { localDate } from '#/platform/clock.ts'
import { refusal } from '../../call.ts'
import { auditRows, systemContext, type World, world } from '../../world.ts'
import { execute } from '../../grading/graded-section.ts'
import { fullSection } from '../waitlist/queue.ts'
import { future, past, underWay } from '../../under-way.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

async function seatIn(deadlines: object, student?: number) {
  const term = await w.term({ ...underWay, ...deadlines })
  const section = await w.section({ term_id: term.id })
  return { ...(await w.enroll(section.id, student ?? (await w.student()).id)), section: section.id }
}

test('who is too late to drop is not sent to withdraw when that is too late as well', async () => {
  const advice = async (deadlines: object) => {
    const { id } = await seatIn(deadlines)
    return (await w.registrar.post(`/enrollments/${id}/drop`)).error?.message
  }
  expect(await advice({ drop_deadline: past, withdraw_deadline: future })).toContain('To leave with a W: POST')
  expect(await advice({ drop_deadline: past })).toContain('To leave with a W: POST')
  expect(await advice({ drop_deadline: past, withdraw_deadline: past })).toContain('ask the registry')
})

describe('withdrawing', () => {
  const withdraw = (id: number, body?: object) => w.registrar.post(`/enrollments/${id}/withdraw`, body)

  test('after the drop deadline ends the enrollment and frees the seat', async () => {
    const seat = await seatIn({ drop_deadline: past, withdraw_deadline: future })
    const answer = await withdraw(seat.id, { reason: 'Illness' })
    expect([answer.status, answer.data.status]).toEqual([200, 'withdrawn'])
    expect((await w.registrar.get(`/sections/${seat.section}`)).data.seats_taken).toBe(0)
    expect(await auditRows('enrollment', seat.id)).toMatchObject([
      { action: 'enrollment.withdraw', reason: 'Illness' },
      { action: 'enrollment.create' },
    ])
    expect(refusal(await withdraw(seat.id))).toEqual([409, 'ENROLLMENT_ENDED'])
  })

  test.each([
    [{ drop_deadline: future }, `The last day for it is ${future}.`],
    [{}, 'The term has no last day for it.'],
  ])('while one can still drop points to that, and says until when: %j', async (deadlines, last) => {
    const seat = await seatIn(deadlines)
    const answer = await withdraw(seat.id)
    expect(refusal(answer)).toEqual([400, 'DROP_INSTEAD'])
    expect(answer.error?.message).toContain(`POST /api/v1/enrollments/${seat.id}/drop. ${last}`)
  })

  test('after the withdraw deadline is for the registry, with a reason', async () => {
    const me = await w.studentPersona()
    const seat = await seatIn({ drop_deadline: past, withdraw_deadline: past }, me.studentId!)
    const own = await me.post(`/enrollments/${seat.id}/withdraw`, { reason: 'Please' })
    expect(refusal(own)).toEqual([400, 'WITHDRAW_DEADLINE_PASSED'])
    expect(refusal(await withdraw(seat.id))).toEqual([400, 'WITHDRAW_DEADLINE_PASSED'])
    expect((await withdraw(seat.id, { reason: 'Illness' })).data.status).toBe('withdrawn')
  })

  test('begins the day after the drop deadline and lasts through the day of its own', async () => {
    const today = localDate(systemContext())
    const toDrop = await seatIn({ drop_deadline: today })
    expect(refusal(await withdraw(toDrop.id))).toEqual([400, 'DROP_INSTEAD'])
    const last = await seatIn({ drop_deadline: past, withdraw_deadline: today })
    expect((await withdraw(last.id)).data.status).toBe('withdrawn')
  })

  test('is open to a student for the own seat', async () => {
    const me = await w.studentPersona()
    const mine = await seatIn({ drop_deadline: past }, me.studentId!)
    const other = await seatIn({ drop_deadline: past })
    expect(refusal(await me.post(`/enrollments/${other.id}/withdraw`))).toEqual([404, 'ENROLLMENT_NOT_FOUND'])
    expect((await me.post(`/enrollments/${mine.id}/withdraw`)).data.status).toBe('withdrawn')
  })

  test('a drop after its deadline points to it', async () => {
    const seat = await seatIn({ drop_deadline: past })
    const answer = await w.registrar.post(`/enrollments/${seat.id}/drop`)
    expect(refusal(answer)).toEqual([400, 'DROP_DEADLINE_PASSED'])
    expect(answer.error?.message).toContain(`/enrollments/${seat.id}/withdraw`)
  })
})

describe.each(['patch', 'put'] as const)('%s of an enrollment', (verb) => {
  const change = (id: number, body: object) => w.registrar[verb](`/enrollments/${id}`, body)

  test('ends it by the rules of dropping and withdrawing', async () => {
    const [early, late] = [await seatIn({ drop_deadline: future }), await seatIn({ drop_deadline: past })]
    expect(refusal(await change(early.id, { status: 'withdrawn' }))).toEqual([400, 'DROP_INSTEAD'])
    expect(refusal(await change(late.id, { status: 'dropped' }))).toEqual([400, 'DROP_DEADLINE_PASSED'])
    expect((await change(early.id, { status: 'dropped' })).data.status).toBe('dropped')
    expect((await change(late.id, { status: 'withdrawn' })).data.status).toBe('withdrawn')
    expect(refusal(await change(late.id, { status: 'dropped' }))).toEqual([409, 'ENROLLMENT_ENDED'])
  })

  test('takes nothing else', async () => {
    const seat = await seatIn({})
    for (const body of [
      { status: 'completed' },
      { status: 'transferred' },
      { section_id: seat.section_id + 1000 },
      { status: 'dropped', student_id: seat.student_id + 1000 },
    ])
      expect(refusal(await change(seat.id, body))).toEqual([422, 'VALIDATION_ERROR'])
  })

  test('changes nothing where it says what is so', async () => {
    const seat = await seatIn({})
    const answer = await change(seat.id, { status: 'enrolled' })
    expect(answer.data).toMatchObject({ status: 'enrolled', version: 1 })
  })

  test('changes nothing where it says nothing', async () => {
    const seat = await seatIn({})
    const { data } = await w.registrar.get(`/enrollments/${seat.id}`)
    const answer = await change(seat.id, {})
    if (verb === 'put') expect(refusal(answer)).toEqual([422, 'VALIDATION_ERROR'])
    else expect([answer.status, answer.data]).toEqual([200, data])
    expect((await w.registrar.get(`/enrollments/${seat.id}`)).data).toEqual(data)
  })

  test('is for the registry', async () => {
    const me = await w.studentPersona()
    const seat = await seatIn({}, me.studentId!)
    expect(refusal(await me[verb](`/enrollments/${seat.id}`, { status: 'dropped' }))).toEqual([403, 'HTTP_403'])
  })
})

describe('deleting an enrollment', () => {
  test('hides it and frees its seat; restoring takes the seat again', async () => {
    const { id, seated } = await fullSection(w)
    const seat = seated[0]!.id
    expect((await w.registrar.delete(`/enrollments/${seat}`)).status).toBe(204)
    expect(refusal(await w.registrar.get(`/enrollments/${seat}`))).toEqual([404, 'ENROLLMENT_NOT_FOUND'])
    expect((await w.registrar.get(`/sections/${id}`)).data.seats_taken).toBe(0)
    const restored = await w.registrar.post(`/enrollments/${seat}/restore`)
    expect([restored.status, restored.data.status]).toEqual([200, 'enrolled'])
    expect((await w.registrar.get(`/sections/${id}`)).data.seats_taken).toBe(1)
    expect(refusal(await w.registrar.post(`/enrollments/${seat}/restore`))).toEqual([409, 'ROW_NOT_DELETED'])
  })

  test('restoring fails when the seat is gone, the student has another, or the term is closed', async () => {
    const { id, seated, term_id } = await fullSection(w, { seats: 2 })
    const [seat, other] = seated
    await w.registrar.delete(`/enrollments/${seat!.id}`)
    const restore = () => w.registrar.post(`/enrollments/${seat!.id}/restore`)
    const again = await w.enroll(id, seat!['student_id'] as number)
    expect(refusal(await restore())).toEqual([409, 'ALREADY_ENROLLED'])
    await w.registrar.post(`/enrollments/${again.id}/drop`)
    const rival = await w.enroll(id, (await w.student()).id)
    const full = await restore()
    expect(full.error).toMatchObject({
      code: 'SECTION_FULL',
      message: 'Section is at full capacity (2). The waitlist is open: the next position is 1.',
    })
    await w.registrar.post(`/enrollments/${rival.id}/drop`)
    await w.registrar.post(`/terms/${term_id}/close`)
    expect(refusal(await restore())).toEqual([400, 'TERM_CLOSED'])
    expect((await w.registrar.delete(`/enrollments/${other!.id}`)).status).toBe(204)
  })

  test('that has ended takes no seat when it comes back, so neither a full section nor a closed term is in its way', async () => {
    const { id, seated, term_id } = await fullSection(w)
    const seat = seated[0]!.id
    await w.registrar.post(`/enrollments/${seat}/drop`)
    await w.enroll(id, (await w.student()).id)
    expect((await w.registrar.delete(`/enrollments/${seat}`)).status).toBe(204)
    await w.registrar.post(`/terms/${term_id}/close`)
    const restored = await w.registrar.post(`/enrollments/${seat}/restore`)
    expect([restored.status, restored.data.status]).toEqual([200, 'dropped'])
    expect((await w.registrar.get(`/sections/${id}`)).data.seats_taken).toBe(1)
  })

  test('takes one who waits for the seat that is restored off the list', async () => {
    const { id, seated } = await fullSection(w)
    const student_id = seated[0]!['student_id'] as number
    await w.registrar.delete(`/enrollments/${seated[0]!.id}`)
    await w.registrar.patch(`/sections/${id}`, { capacity: 0 })
    await w.registrar.post(`/sections/${id}/waitlist`, { student_id })
    await execute('update section set capacity = 1 where id = ?', id)
    expect((await w.registrar.post(`/enrollments/${seated[0]!.id}/restore`)).status).toBe(200)
    expect((await w.registrar.get(`/sections/${id}/waitlist`)).data.total).toBe(0)
  })
})
