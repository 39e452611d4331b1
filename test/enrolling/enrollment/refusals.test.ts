import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { type World, world } from '../../world.ts'
import { block } from '../waitlist/queue.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const hours = (section: number) =>
  w.registrar.put(`/sections/${section}/meetings`, { meetings: [{ weekday: 1, start: '09:00', end: '11:00' }] })

/** A student whom everything keeps from a section, but a closed term. */
async function hopeless() {
  const term = await w.term()
  const program = await w.program({ credits_per_term: 10 })
  const student = await w.student({ program_id: program.id })
  const [wanted, before, beside] = [await w.course({ credits: 6 }), await w.course(), await w.course()]
  await w.registrar.put(`/courses/${wanted.id}/prerequisites`, {
    prerequisites: [{ any_of: [{ course_id: before.id }] }],
    corequisites: [{ any_of: [{ course_id: beside.id }] }],
  })
  const other = await w.section({ term_id: term.id })
  await w.enroll(other.id, student.id)
  const section = await w.section({ course_id: wanted.id, term_id: term.id, capacity: 0, waitlist_capacity: 1 })
  await hours(other.id)
  await hours(section.id)
  await block(w, student.id)
  await w.registrar.patch(`/students/${student.id}`, { status: 'suspended' })
  await w.registrar.patch(`/terms/${term.id}`, { enrollment_closes_at: '2020-01-01T00:00:00Z' })
  return { term, section, student, wanted, beside }
}

const all = [
  'ENROLLMENT_WINDOW_CLOSED',
  'SECTION_FULL',
  'HOLD',
  'PREREQUISITE_NOT_MET',
  'COREQUISITE_MISSING',
  'SCHEDULE_CONFLICT',
  'CREDIT_LIMIT',
  'STUDENT_NOT_ACTIVE',
]
const codes = (reasons: { code: string }[] | undefined) => reasons?.map(({ code }) => code)

describe('a student whom everything keeps from a section', () => {
  test('hears every reason at once, from enrolling, checking and waiting alike', async () => {
    const { section, student } = await hopeless()
    const body = { student_id: student.id }
    for (const path of ['enroll', 'waitlist']) {
      const answer = await w.registrar.post(`/sections/${section.id}/${path}`, body)
      expect([...refusal(answer), codes(answer.error?.details.reasons)]).toEqual([400, all[0], all])
    }
    const { data } = await w.registrar.post(`/sections/${section.id}/enroll/check`, body)
    expect([data.allowed, codes(data.reasons)]).toEqual([false, all])
  })

  test('hears of the closed term first', async () => {
    const { term, section, student } = await hopeless()
    await w.registrar.post(`/terms/${term.id}/close`)
    const answer = await w.registrar.post('/enrollments', { section_id: section.id, student_id: student.id })
    expect(codes(answer.error?.details.reasons)).toEqual(['TERM_CLOSED', ...all])
  })

  test('gets in by an override of each check, once there is a seat; a bulk and a waitlist respect them as well', async () => {
    const { term, section, student } = await hopeless()
    for (const check of all.filter((code) => code !== 'SECTION_FULL')) {
      const body = { check, term_id: term.id, reason_code: 'dean' }
      expect((await w.registrar.post(`/students/${student.id}/overrides`, body)).status).toBe(201)
    }
    const enroll = () => w.registrar.post(`/sections/${section.id}/enroll`, { student_id: student.id })
    expect(codes((await enroll()).error?.details.reasons)).toEqual(['SECTION_FULL'])
    const body = { enrollments: [{ section_id: section.id, student_id: student.id }] }
    const bulk = await w.registrar.post('/enrollments/bulk?dry_run=true', body)
    expect(bulk.data.errors).toMatchObject([{ code: 'SECTION_FULL' }])
    expect((await w.registrar.post(`/sections/${section.id}/waitlist`, { student_id: student.id })).status).toBe(201)
    await w.registrar.patch(`/sections/${section.id}`, { capacity: 1 })
    const { data } = await w.registrar.get(`/enrollments?section_id=${section.id}&student_id=${student.id}`)
    expect(data.items).toMatchObject([{ status: 'enrolled' }])
  })
})

describe('the credit limit of a program', () => {
  const taking = async (limit: number | null, credits: number[]) => {
    const [term, program] = [await w.term(), await w.program({ credits_per_term: limit })]
    const student = await w.student({ program_id: program.id })
    const answers = []
    for (const one of credits) {
      const course = await w.course({ credits: one })
      const section = await w.section({ course_id: course.id, term_id: term.id })
      answers.push(await w.registrar.post(`/sections/${section.id}/enroll`, { student_id: student.id }))
    }
    return { answers, term, student }
  }

  test('may be reached and not exceeded, to the tenth', async () => {
    const { answers } = await taking(30, [7.6, 7.4, 7.5, 7.5, 0.1])
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 400])
    expect(answers[4]!.error).toMatchObject({
      code: 'CREDIT_LIMIT',
      message:
        'With this course the credits of the term would be 30.1. The limit of the program is 30. Another course has to be dropped first, or the registrar grants an override.',
    })
  })

  test('counts seats of the same term only, and only those that are held', async () => {
    const { answers, student } = await taking(10, [8])
    const elsewhere = await w.section()
    expect((await w.registrar.post(`/sections/${elsewhere.id}/enroll`, { student_id: student.id })).status).toBe(201)
    const seat = answers[0]!.data
    const other = await w.section({ term_id: seat.term_id })
    const enroll = () => w.registrar.post(`/sections/${other.id}/enroll`, { student_id: student.id })
    expect(refusal(await enroll())).toEqual([400, 'CREDIT_LIMIT'])
    await w.registrar.post(`/enrollments/${seat.id}/drop`)
    expect((await enroll()).status).toBe(201)
  })

  test('is no hindrance for a transfer, nor where there is none', async () => {
    const { answers, student } = await taking(6, [6])
    const { section_id } = answers[0]!.data
    const { data: from } = await w.registrar.get(`/sections/${section_id}`)
    const to = await w.section({ course_id: from.course_id, term_id: from.term_id, number: '2' })
    const move = await w.registrar.post(`/enrollments/${answers[0]!.data.id}/transfer`, { section_id: to.id })
    expect([move.status, move.data.student_id]).toEqual([201, student.id])
    expect((await taking(null, [60, 60])).answers.map(({ status }) => status)).toEqual([201, 201])
  })

  test('is between 0 and 1000 with one decimal', async () => {
    const { id } = await w.program()
    for (const credits_per_term of [-1, 1000.1, 7.55])
      expect(refusal(await w.registrar.patch(`/programs/${id}`, { credits_per_term }))).toEqual([
        422,
        'VALIDATION_ERROR',
      ])
    expect((await w.registrar.patch(`/programs/${id}`, { credits_per_term: 37.5 })).data.credits_per_term).toBe(37.5)
  })
})
