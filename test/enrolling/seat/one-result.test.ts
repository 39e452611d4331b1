import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { csv, importFile, problems } from '../../exchange/import/files.ts'
import { computed, execute, gradedSection } from '../../grading/graded-section.ts'
import { meanwhile } from '../../platform/database/between.ts'
import { codeOf, json, serveWith } from '../../platform/http/serve.ts'
import { past, underWay } from '../../under-way.ts'
import { testEnv, type World, world } from '../../world.ts'
import { enrolledIn } from '../waitlist/queue.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const authorized = () => ({ authorization: `Bearer ${w.registrar.token}` })
const ask = async (path: string, body: object, DB: D1Database) =>
  codeOf(await serveWith({ DB }, `/api/v1${path}`, json('POST', body, authorized())))

/** A section that a student has withdrawn from; the W is official unless it is to be a draft. */
async function withdrawn({ isOfficial = true } = {}) {
  const { id: term_id } = await w.term({ ...underWay, drop_deadline: past })
  const section = await gradedSection(w, { marks: [[50]], term_id })
  const [seat] = (await w.registrar.get(`/enrollments?section_id=${section.id}`)).data.items
  await w.registrar.post(`/enrollments/${seat!.id}/withdraw`)
  const [result] = await computed(w, section)
  if (isOfficial) await w.registrar.post('/results/publish', { section_id: section.id })
  const { course_id, course_code, term_code } = (await w.registrar.get(`/sections/${section.id}`)).data
  const student_id = section.students[0]!
  const other = () => w.section({ course_id, term_id, number: 'B' })
  return { id: section.id, course_code, term_code, student_id, seat: seat!, result: result!, term_id, other }
}
type Withdrawn = Awaited<ReturnType<typeof withdrawn>>

/** A further seat beside an official W, as it could be before. */
async function seatOfBefore({ id, student_id }: Withdrawn) {
  const named = testEnv.DB.prepare("select sql from sqlite_master where name = 'enrollment_graded_is_all'")
  const trigger = (await named.first<{ sql: string }>())!.sql
  await testEnv.DB.batch([
    testEnv.DB.prepare('drop trigger enrollment_graded_is_all'),
    testEnv.DB.prepare(
      `insert into enrollment (section_id, student_id, status, enrolled_at, created_at, updated_at) values (?, ?, 'enrolled', ?, ?, ?)`,
    ).bind(id, student_id, ...Array.from({ length: 3 }, () => new Date().toISOString())),
    testEnv.DB.prepare(trigger),
  ])
}

describe('who has an official W gets no seat in that section again', () => {
  const code = 'RESULT_ALREADY_OFFICIAL'

  test('alone, in a list, in a basket, by a transfer or by waiting, and learns where a seat is to be had', async () => {
    const of = await withdrawn()
    const { id: section_id, student_id } = of
    const refused = await w.registrar.post(`/sections/${section_id}/enroll`, { student_id })
    expect([...refusal(refused), refused.error?.message]).toEqual([
      400,
      code,
      `The student has an official result of this section already, and there is one for each section. Enroll in another section of ${of.course_code}; a grade is corrected by POST /api/v1/results/change-request.`,
    ])
    const check = await w.registrar.post(`/sections/${section_id}/enroll/check`, { student_id })
    const list = await w.registrar.post(`/sections/${section_id}/enroll/bulk`, { student_ids: [student_id] })
    const basket = await w.registrar.post('/enrollments/bulk', { enrollments: [{ section_id, student_id }] })
    const reported = [check.data.reasons, list.data.errors, basket.data.errors]
    expect(reported.map((reasons) => reasons.map((one) => one.code))).toEqual([[code], [code], [code]])
    await w.registrar.patch(`/sections/${section_id}`, { capacity: 0, waitlist_capacity: 5 })
    const waiting = await w.registrar.post(`/sections/${section_id}/waitlist`, { student_id })
    expect(refusal(waiting)).toEqual([400, code])
    await w.registrar.patch(`/sections/${section_id}`, { capacity: 5 })
    const elsewhere = await w.enroll((await of.other()).id, student_id)
    const back = await w.registrar.post(`/enrollments/${elsewhere.id}/transfer`, { section_id })
    expect(refusal(back)).toEqual([400, code])
    expect(await enrolledIn(w, section_id)).toEqual([])
  })

  test('by a place in the waitlist that was there before: a seat passes by', async () => {
    const of = await withdrawn({ isOfficial: false })
    await w.registrar.patch(`/sections/${of.id}`, { capacity: 1, waitlist_capacity: 5 })
    const last = await w.enroll(of.id, (await w.student()).id)
    const { data } = await w.registrar.post(`/sections/${of.id}/waitlist`, { student_id: of.student_id })
    await w.registrar.post('/results/publish', { result_id: of.result })
    expect((await w.registrar.post(`/enrollments/${last.id}/withdraw`)).status).toBe(200)
    expect(await enrolledIn(w, of.id)).toEqual([])
    const entries = (await w.registrar.get(`/sections/${of.id}/waitlist`)).data.items
    expect(entries.map(({ id, skipped_reason }) => [id, skipped_reason?.code])).toEqual([[data.id, code]])
  })

  test('by a file, which may still say that there was one', async () => {
    const { id, course_code, term_code, seat } = await withdrawn()
    const { student_number, section_number } = seat
    const row = { course_code, term_code, section_number, student_number, enrolled_at: past, status: 'enrolled' }
    const answer = await importFile(w.registrar, 'enrollments', csv([row]))
    expect(problems(answer)).toEqual([[2, 'student_number', code]])
    const history = { ...row, status: 'dropped', ended_at: past }
    expect((await importFile(w.registrar, 'enrollments', csv([history]))).data.created).toBe(1)
    expect(await enrolledIn(w, id)).toEqual([])
  })

  test('by the return of one that was deleted', async () => {
    const of = await withdrawn({ isOfficial: false })
    const again = await w.enroll(of.id, of.student_id)
    await w.registrar.delete(`/enrollments/${again.id}`)
    await w.registrar.post('/results/publish', { result_id: of.result })
    expect(refusal(await w.registrar.post(`/enrollments/${again.id}/restore`))).toEqual([400, code])
    await expect(execute('update enrollment set deleted_at = null where id = ?', again.id)).rejects.toThrow(
      'enrollment_result_official',
    )
  })

  test('as the W becomes official meanwhile; nor does a W as the seat is given meanwhile', async () => {
    const [first, second] = [await withdrawn({ isOfficial: false }), await withdrawn({ isOfficial: false })]
    const publish = meanwhile(() => w.registrar.post('/results/publish', { result_id: first.result }))
    const seat = await ask(`/sections/${first.id}/enroll`, { student_id: first.student_id }, publish)
    expect([seat, await enrolledIn(w, first.id)]).toEqual([`400 ${code}`, []])
    const enroll = meanwhile(() => w.enroll(second.id, second.student_id))
    expect(await ask('/results/publish', { result_id: second.result }, enroll)).toBe('409 STALE_STATE')
    expect(await enrolledIn(w, second.id)).toEqual([second.student_id])
  })
})

test('another section of the course is open to who has a W', async () => {
  const of = await withdrawn()
  expect(
    (await w.registrar.post(`/sections/${(await of.other()).id}/enroll`, { student_id: of.student_id })).status,
  ).toBe(201)
})

test('a seat that stands beside a W from before stays, and is listed as unresolved', async () => {
  const of = await withdrawn()
  await seatOfBefore(of)
  expect(await enrolledIn(w, of.id)).toEqual([of.student_id])
  const { data } = await w.registrar.get(`/terms/${of.term_id}/unresolved`)
  expect(data.items.map(({ why }) => why)).toEqual(['withdrawn_result'])
})
