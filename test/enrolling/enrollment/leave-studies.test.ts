import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { csv, importFile, problems } from '../../exchange/import/files.ts'
import { gradedSection, published } from '../../grading/graded-section.ts'
import { meanwhile } from '../../platform/database/between.ts'
import { json, serveWith } from '../../platform/http/serve.ts'
import { future, past, underWay } from '../../under-way.ts'
import { auditRows, type World, world } from '../../world.ts'
import { enrolledIn, join, waitingIn } from '../waitlist/queue.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const early = { drop_deadline: future }
const late = { drop_deadline: past }

/** A section with one seat, which a student has, and somebody who waits for it. */
async function lastSeat(student_id: number, deadlines: object = early) {
  const { id: term_id } = await w.term({ ...underWay, ...deadlines })
  const section = await w.section({ term_id, capacity: 1, waitlist_capacity: 5 })
  const seat = await w.enroll(section.id, student_id)
  const { id: behind } = await w.student()
  await join(w, section.id, behind)
  return { ...section, term_id, seat: seat.id, behind }
}
const setStatus = (id: number, status: string) => w.registrar.patch(`/students/${id}`, { status })
/** The answer when something else happens between its reads and its write. */
async function statusMeanwhile(id: number, status: string, happens: () => Promise<unknown>) {
  const init = json('PATCH', { status }, { authorization: `Bearer ${w.registrar.token}` })
  const answer = await serveWith({ DB: meanwhile(happens) }, `/api/v1/students/${id}`, init)
  return (await answer.json()) as { data: { ended: object[] } | null; error: { code: string } | null }
}
const statusOf = async (id: number) => (await w.registrar.get(`/enrollments/${id}`)).data.status

describe.each(['withdrawn', 'on_leave', 'removed'])('a student who becomes %s', (status) => {
  test('gives up the seats of open terms, by the drop deadline, to those who wait; the answer lists them', async () => {
    const { id } = await w.student()
    const [open, over] = [await lastSeat(id, early), await lastSeat(id, late)]
    const answer = await setStatus(id, status)
    expect([answer.status, answer.data.status]).toEqual([200, status])
    expect(answer.data.ended).toEqual([
      {
        enrollment_id: open.seat,
        section_id: open.id,
        section_number: '1',
        course_code: open.course_code,
        status: 'dropped',
      },
      {
        enrollment_id: over.seat,
        section_id: over.id,
        section_number: '1',
        course_code: over.course_code,
        status: 'withdrawn',
      },
    ])
    for (const { id: section, behind } of [open, over]) expect(await enrolledIn(w, section)).toEqual([behind])
    const [audit, ...others] = await auditRows('student', id)
    expect([audit!.action, others.length]).toEqual(['student.update', 1])
    const [ended] = await auditRows('enrollment', over.seat)
    expect([ended!.action, JSON.parse(ended!.changes)]).toMatchObject([
      'enrollment.end',
      { status: { old: 'enrolled', new: 'withdrawn' }, end_reason: { new: 'left' } },
    ])
    const changes = JSON.parse(audit!.changes)
    expect(changes).toMatchObject({ status: { new: status }, ended: { new: [open.seat, over.seat] } })
    expect(changes.promoted.new.map((one: { student_id: number }) => one.student_id)).toEqual([
      open.behind,
      over.behind,
    ])
  })

  test('waits for nothing any more', async () => {
    const full = await w.section({ capacity: 0, waitlist_capacity: 1 })
    const { id } = await w.student()
    await join(w, full.id, id)
    expect((await setStatus(id, status)).data.ended).toEqual([])
    expect(await waitingIn(w, full.id)).toEqual([])
  })

  test('keeps what has an official result, and what a closed term has', async () => {
    const graded = await gradedSection(w, { marks: [[80]] })
    await published(w, graded)
    const id = graded.students[0]!
    const closed = await lastSeat(id)
    await w.registrar.post(`/terms/${closed.term_id}/close`)
    expect((await setStatus(id, status)).data.ended).toEqual([])
    expect(await statusOf(closed.seat)).toBe('enrolled')
  })

  test('does the same in a file; the job gives the seats on', async () => {
    const student = await w.student()
    const [open, over] = [await lastSeat(student.id, early), await lastSeat(student.id, late)]
    const { student_number, first_name, last_name, email } = student
    const row = { student_number, first_name, last_name, email, status }
    expect((await importFile(w.registrar, 'students', csv([row]))).data).toMatchObject({ updated: 1, failed: 0 })
    expect([await statusOf(open.seat), await statusOf(over.seat)]).toEqual(['dropped', 'withdrawn'])
    const [audit] = await auditRows('enrollment', over.seat)
    expect(JSON.parse(audit!.changes)).toMatchObject({ status: { old: 'enrolled', new: 'withdrawn' } })
  })

  test('and is enrolled meanwhile gives up that seat, too', async () => {
    const [section, { id }] = [await w.section(), await w.student()]
    const { data } = await statusMeanwhile(id, status, () => w.enroll(section.id, id))
    expect(data?.ended).toMatchObject([{ section_id: section.id, status: 'dropped' }])
    expect(await enrolledIn(w, section.id)).toEqual([])
  })
})

test('who goes from one absence to another, or changes otherwise, ends nothing anew', async () => {
  const { id } = await w.student()
  const { seat } = await lastSeat(id)
  expect((await w.registrar.patch(`/students/${id}`, { study_year: 2 })).data.ended).toEqual([])
  expect((await setStatus(id, 'suspended')).data.ended).toEqual([])
  expect(await statusOf(seat)).toBe('enrolled')
})

describe('graduating', () => {
  test('with open seats is refused with a list of them, also in a file', async () => {
    const student = await w.student()
    const open = await lastSeat(student.id)
    const refused = await setStatus(student.id, 'graduated')
    expect(refusal(refused)).toEqual([409, 'STUDENT_HAS_OPEN_SEATS'])
    expect(refused.error?.message).toBe('Open seats: 1, listed in details. Grade or end them first.')
    expect(refused.error?.details).toMatchObject({
      seats: [{ enrollment_id: open.seat, course_code: open.course_code }],
    })
    const { student_number, first_name, last_name, email } = student
    const row = { student_number, first_name, last_name, email, status: 'graduated' }
    expect(problems(await importFile(w.registrar, 'students', csv([row])))).toEqual([
      [2, 'status', 'STUDENT_HAS_OPEN_SEATS'],
    ])
    await w.registrar.post(`/enrollments/${open.seat}/drop`)
    expect((await setStatus(student.id, 'graduated')).status).toBe(200)
  })

  test('waits for no official result', async () => {
    const graded = await gradedSection(w, { marks: [[80]] })
    await published(w, graded)
    expect((await setStatus(graded.students[0]!, 'graduated')).status).toBe(200)
  })

  test('of somebody who is enrolled meanwhile is refused', async () => {
    const [section, { id }] = [await w.section(), await w.student()]
    const { error } = await statusMeanwhile(id, 'graduated', () => w.enroll(section.id, id))
    expect(error?.code).toBe('STUDENT_HAS_OPEN_SEATS')
    expect((await w.registrar.get(`/students/${id}`)).data.status).toBe('active')
  })
})
