import { beforeAll, describe, expect, test } from 'vitest'
import { badFields, refusal } from '../../call.ts'
import { csv, importFile, problems } from '../../exchange/import/files.ts'
import { execute, gradedSection, published } from '../../grading/graded-section.ts'
import { meanwhile } from '../../platform/database/between.ts'
import { codeOf, json, serveWith } from '../../platform/http/serve.ts'
import { auditRows, testEnv, type World, world } from '../../world.ts'
import { enrolledIn, waitingIn } from '../waitlist/queue.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

/** Sections of one course and term, with so many seats each. */
async function sectionsOf(...capacities: number[]) {
  const [course, term] = [await w.course(), await w.term()]
  const made = []
  for (const [n, capacity] of capacities.entries())
    made.push(
      await w.section({
        course_id: course.id,
        term_id: term.id,
        number: `${n + 1}`,
        capacity,
        waitlist_capacity: 5,
      }),
    )
  return made
}
const enroll = (id: number, student_id: number) => w.registrar.post(`/sections/${id}/enroll`, { student_id })
const wait = (id: number, student_id: number, swap = false) =>
  w.registrar.post(`/sections/${id}/waitlist`, { student_id, swap })
const someone = async () => (await w.student()).id

describe('a second seat in a course', () => {
  test('is refused with the section and the way to change it, by each way in', async () => {
    const [one, other] = await sectionsOf(5, 5)
    const student_id = await someone()
    const seat = await w.enroll(one!.id, student_id)
    const taken = [400, 'COURSE_ALREADY_TAKEN']
    const refused = await enroll(other!.id, student_id)
    expect(refusal(refused)).toEqual(taken)
    expect(refused.error?.message).toBe(
      `The student already sits in section 1 of ${one!.course_code} in this term. To change the section: POST /api/v1/enrollments/${seat.id}/transfer.`,
    )
    expect(refusal(await w.registrar.post('/enrollments', { section_id: other!.id, student_id }))).toEqual(taken)
    expect(refusal(await wait(other!.id, student_id))).toEqual(taken)
    const check = await w.registrar.post(`/sections/${other!.id}/enroll/check`, { student_id })
    expect(check.data.reasons.map(({ code }) => code)).toEqual(['COURSE_ALREADY_TAKEN'])
    const bulk = await w.registrar.post(`/sections/${other!.id}/enroll/bulk`, { student_ids: [student_id] })
    expect(bulk.data.errors.map(({ code }) => code)).toEqual(['COURSE_ALREADY_TAKEN'])
    expect(await enrolledIn(w, other!.id)).toEqual([])
    expect((await w.registrar.post(`/enrollments/${seat.id}/transfer`, { section_id: other!.id })).status).toBe(201)
  })

  test('whose result is official is told of corrections only, not of transfers and swaps', async () => {
    const graded = await gradedSection(w, { marks: [[80]] })
    await published(w, graded)
    const { course_id, term_id } = (await w.registrar.get(`/sections/${graded.id}`)).data
    const full = await w.section({ course_id, term_id, number: '2', capacity: 0, waitlist_capacity: 5 })
    const [student] = graded.students
    const ways = [await enroll(full.id, student!), await wait(full.id, student!), await wait(full.id, student!, true)]
    for (const refused of ways) {
      expect(refusal(refused)).toEqual([400, 'COURSE_ALREADY_TAKEN'])
      expect(refused.error?.message).toMatch(
        / in this term\. Its result there is official, so the seat stays\. Corrections go by POST \/api\/v1\/results\/change-request\.$/,
      )
    }
  })

  test('is refused within one basket', async () => {
    const [one, other] = await sectionsOf(5, 5)
    const student_id = await someone()
    const enrollments = [one!, other!].map(({ id }) => ({ section_id: id, student_id }))
    const { data } = await w.registrar.post('/enrollments/bulk', { enrollments })
    expect([data.created, data.errors]).toEqual([
      1,
      [
        {
          index: 1,
          code: 'COURSE_ALREADY_TAKEN',
          message: `The student already sits in section 1 of ${one!.course_code} in this term. Name one section of the course only.`,
        },
      ],
    ])
  })

  test('that is completed without a result is told what can be done in place of a transfer, by each way in', async () => {
    const [one, other] = await sectionsOf(5, 5)
    const { id: student_id, student_number } = await w.student()
    const { course_code, term_code } = one!
    const key = { course_code, term_code, student_number, enrolled_at: '2026-10-02' }
    const done = { ...key, section_number: '1', status: 'completed', ended_at: '2026-11-02' }
    expect((await importFile(w.registrar, 'enrollments', csv([done]))).data.created).toBe(1)
    const advice = 'That seat is completed, so it stays: the course is taken again in another term.'
    expect((await enroll(other!.id, student_id)).error?.message).toContain(advice)
    const again = { ...key, section_number: '2' }
    const { data } = await importFile(w.registrar, 'enrollments', csv([again]))
    expect(data.errors).toMatchObject([{ code: 'COURSE_ALREADY_TAKEN', message: expect.stringContaining(advice) }])
    const [seat] = (await w.registrar.get(`/enrollments?student_id=${student_id}`)).data.items
    await w.registrar.delete(`/enrollments/${seat!.id}`)
    expect((await enroll(other!.id, student_id)).status).toBe(201)
  })

  test('is given to one of two that are asked for at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [one, other] = await sectionsOf(5, 5)
      const student = await someone()
      const answers = await Promise.all([enroll(one!.id, student), enroll(other!.id, student)])
      expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 400])
    }
  })

  test('is refused when a deleted one comes back', async () => {
    const [one, other] = await sectionsOf(5, 5)
    const student = await someone()
    const seat = await w.enroll(one!.id, student)
    await w.registrar.delete(`/enrollments/${seat.id}`)
    const now = await w.enroll(other!.id, student)
    const back = await w.registrar.post(`/enrollments/${seat.id}/restore`)
    expect(refusal(back)).toEqual([400, 'COURSE_ALREADY_TAKEN'])
    expect(back.error?.message).toContain(`section 2 of ${one!.course_code}`)
    await w.registrar.post(`/enrollments/${now.id}/drop`)
    expect((await w.registrar.post(`/enrollments/${seat.id}/restore`)).status).toBe(200)
  })

  test('is refused in a file, beside what is there and beside an earlier line', async () => {
    const [one, other] = await sectionsOf(5, 5)
    const [a, b] = [await w.student(), await w.student()]
    await w.enroll(one!.id, a.id)
    const { course_code, term_code } = one!
    const row = (student_number: string, section_number: string, enrolled_at = '2026-10-02') => ({
      course_code,
      term_code,
      section_number,
      student_number,
      enrolled_at,
    })
    const file = csv([row(a.student_number, '2'), row(b.student_number, '1'), row(b.student_number, '2')])
    const answer = await importFile(w.registrar, 'enrollments', file)
    expect(problems(answer)).toEqual([
      [2, 'section_number', 'COURSE_ALREADY_TAKEN'],
      [4, 'section_number', 'COURSE_ALREADY_TAKEN'],
    ])
    const sits = `The student already sits in section 1 of ${course_code} in this term.`
    expect(answer.data.errors.map(({ message }) => message)).toEqual([
      `${sits} That seat has to be ended in the same file, or transferred.`,
      `${sits} Name one section of the course only.`,
    ])
    expect(await enrolledIn(w, other!.id)).toEqual([])
  })

  test('is had in another term, and after the first was given up', async () => {
    const [one, other] = await sectionsOf(5, 5)
    const next = await w.section({ course_id: one!.course_id })
    const student = await someone()
    const seat = await w.enroll(one!.id, student)
    expect((await enroll(next.id, student)).status).toBe(201)
    await w.registrar.post(`/enrollments/${seat.id}/drop`)
    expect((await enroll(other!.id, student)).status).toBe(201)
  })

  test('is none beside a completed one, but one from before stays', async () => {
    const [one, other] = await sectionsOf(5, 5)
    const student = await someone()
    const seat = await w.enroll(one!.id, student)
    await execute("update enrollment set status = 'completed', ended_at = enrolled_at where id = ?", seat.id)
    expect(refusal(await enroll(other!.id, student))).toEqual([400, 'COURSE_ALREADY_TAKEN'])
    const stamps = "'2026-10-02T00:00:00.000Z', '2026-10-02T00:00:00.000Z', '2026-10-02T00:00:00.000Z'"
    const second = (legacy: 0 | 1) =>
      execute(
        `insert into enrollment (section_id, student_id, enrolled_at, created_at, updated_at, legacy)
         values (?, ?, ${stamps}, ${legacy})`,
        other!.id,
        student,
      )
    await expect(second(0)).rejects.toThrow('UNIQUE')
    await second(1)
    expect(await enrolledIn(w, other!.id)).toEqual([student])
    const third = await w.section({ course_id: one!.course_id, term_id: one!.term_id, number: '3' })
    for (const [language, said] of [
      ['en', 'sits in sections 1, 2 of'],
      ['el', 'τμήματα 1, 2'],
    ] as const) {
      const path = `/sections/${third.id}/enroll` as const
      const refused = await w.registrar.post(path, { student_id: student }, { 'accept-language': language })
      expect(refused.error?.message).toContain(said)
    }
    const { id } = (await w.registrar.get(`/enrollments?section_id=${other!.id}`)).data.items[0]!
    await w.registrar.delete(`/enrollments/${id}`)
    expect(refusal(await w.registrar.post(`/enrollments/${id}/restore`))).toEqual([400, 'COURSE_ALREADY_TAKEN'])
  })
})

describe('waiting', () => {
  test('for other sections of a course ends with a seat in one', async () => {
    const [one, two, three] = await sectionsOf(0, 0, 5)
    const student = await someone()
    for (const { id } of [one!, two!]) expect((await wait(id, student)).status).toBe(201)
    await w.enroll(three!.id, student)
    expect([await waitingIn(w, one!.id), await waitingIn(w, two!.id)]).toEqual([[], []])
    const reasons = 'select end_reason from waitlist_entry where student_id = ? and deleted_at is not null'
    const { results } = await testEnv.DB.prepare(reasons).bind(student).all()
    expect(results).toEqual([{ end_reason: 'seated_elsewhere' }, { end_reason: 'seated_elsewhere' }])
  })

  test('beside a seat is for those who swap, and the promotion is a transfer', async () => {
    const [full, own] = await sectionsOf(1, 1)
    const [first, mover, behind] = [await someone(), await someone(), await someone()]
    const seat = await w.enroll(full!.id, first)
    const old = await w.enroll(own!.id, mover)
    const refused = await wait(full!.id, mover)
    expect(refusal(refused)).toEqual([400, 'COURSE_ALREADY_TAKEN'])
    expect(refused.error?.message).toContain('with swap: true')
    expect((await wait(full!.id, mover, true)).data).toMatchObject({ swap: true, position: 1 })
    await wait(own!.id, behind)
    await w.registrar.post(`/enrollments/${seat.id}/drop`)
    expect([await enrolledIn(w, full!.id), await enrolledIn(w, own!.id)]).toEqual([[mover], [behind]])
    expect((await w.registrar.get(`/enrollments/${old.id}`)).data.status).toBe('transferred')
    const histories = (await auditRows('enrollment', old.id)).slice(0, 1)
    const [mine] = (await w.registrar.get(`/enrollments?section_id=${full!.id}&status=enrolled`)).data.items
    expect(histories.map(({ action, changes }) => [action, JSON.parse(changes)])).toMatchObject([
      ['enrollment.transfer', { end_reason: { new: 'transferred' }, transferred_to: { new: mine!.id } }],
    ])
    expect((await auditRows('enrollment', mine!.id)).map(({ action }) => action)).toEqual(['waitlist.promote'])
    expect([await waitingIn(w, full!.id), await waitingIn(w, own!.id)]).toEqual([[], []])
  })

  test('to swap where there is a seat is told to transfer', async () => {
    const [free, own] = await sectionsOf(1, 1)
    const student = await someone()
    const seat = await w.enroll(own!.id, student)
    const answer = await wait(free!.id, student, true)
    expect(refusal(answer)).toEqual([400, 'COURSE_ALREADY_TAKEN'])
    expect(answer.error?.message).toContain(`/enrollments/${seat.id}/transfer`)
  })

  test('to swap is for who has a seat to give up: others are told so, also when it goes meanwhile', async () => {
    const [full, own] = await sectionsOf(0, 1)
    const student = await someone()
    for (const language of ['en', 'el']) {
      const path = `/sections/${full!.id}/waitlist` as const
      const refused = await w.registrar.post(path, { student_id: student, swap: true }, { 'accept-language': language })
      expect([...refusal(refused), badFields(refused)]).toEqual([422, 'VALIDATION_ERROR', ['body.swap']])
    }
    const seat = await w.enroll(own!.id, student)
    const DB = meanwhile(() => w.registrar.post(`/enrollments/${seat.id}/drop`))
    const init = json('POST', { student_id: student, swap: true }, { authorization: `Bearer ${w.registrar.token}` })
    const answer = await serveWith({ DB }, `/api/v1/sections/${full!.id}/waitlist`, init)
    expect(await codeOf(answer)).toBe('422 VALIDATION_ERROR')
    expect(await waitingIn(w, full!.id)).toEqual([])
  })

  test('to swap leads nowhere once the own result is official', async () => {
    const own = await gradedSection(w, { marks: [[80]] })
    const { course_id, term_id } = (await w.registrar.get(`/sections/${own.id}`)).data
    const full = await w.section({ course_id, term_id, number: '2', capacity: 1, waitlist_capacity: 5 })
    const seat = await w.enroll(full.id, await someone())
    const mover = own.students[0]!
    expect((await wait(full.id, mover, true)).status).toBe(201)
    await published(w, own)
    expect((await w.registrar.post(`/enrollments/${seat.id}/drop`)).status).toBe(200)
    expect(await enrolledIn(w, full.id)).toEqual([])
  })
})

test('a section keeps course and term as long as it has enrollments, ended ones, too', async () => {
  const [one] = await sectionsOf(5)
  const seat = await w.enroll(one!.id, await someone())
  const moves = [{ course_id: (await w.course()).id }, { term_id: (await w.term()).id }]
  for (const body of moves)
    expect(refusal(await w.registrar.patch(`/sections/${one!.id}`, body))).toEqual([409, 'SECTION_HAS_ENROLLMENTS'])
  await w.registrar.delete(`/enrollments/${seat.id}`)
  expect((await w.registrar.patch(`/sections/${one!.id}`, moves[0])).status).toBe(200)
})
