import { beforeAll, expect, test } from 'vitest'
import { badFields } from '../../call.ts'
import { csv, importFile, problems } from '../../exchange/import/files.ts'
import { execute } from '../../grading/graded-section.ts'
import { dayFromNow, past, underWay } from '../../under-way.ts'
import { type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
const start = underWay.start_date

/** A seat in a term that is being taught. */
async function seated() {
  const { id: term_id } = await w.term(underWay)
  const section = await w.section({ term_id })
  const seat = await w.enroll(section.id, (await w.student()).id)
  return { seat, ...seat }
}

test('a seat is held for days of its term: others are refused by the field, at the front door and in files, and those of before stay', async () => {
  const { seat, student_number, course_code, term_code } = await seated()
  const at = `/enrollments/${seat.id}` as const
  const [early, late] = [dayFromNow(-121), dayFromNow(121)]
  for (const [body, fields] of [
    [{ member_from: early }, ['body.member_from']],
    [{ member_until: late }, ['body.member_until']],
    [{ member_from: late, member_until: early }, ['body.member_from', 'body.member_until']],
    [{ status: 'dropped', member_until: early }, ['body.member_until']],
  ] as const) {
    const refused = await w.registrar.patch(at, body)
    expect([refused.status, badFields(refused)]).toEqual([422, fields])
  }
  const last = underWay.end_date
  expect((await w.registrar.patch(at, { member_from: start, member_until: last })).status).toBe(200)
  const { enrolled_at, section_number } = seat
  const row = { course_code, term_code, section_number, student_number, enrolled_at }
  const file = (days: object) => importFile(w.registrar, 'enrollments', csv([{ ...row, ...days }]))
  expect(problems(await file({ member_from: early }))).toEqual([[2, 'member_from', 'MEMBERSHIP_OUTSIDE_TERM']])
  expect(problems(await file({ member_until: late }))).toEqual([[2, 'member_until', 'MEMBERSHIP_OUTSIDE_TERM']])
  await execute('update enrollment set member_from = ? where id = ?', early, seat.id)
  expect((await w.registrar.patch(at, { member_from: early, member_until: past })).status).toBe(200)
  expect(problems(await file({ member_from: early }))).toEqual([])
})
