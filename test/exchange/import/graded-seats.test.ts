import { beforeAll, expect, test } from 'vitest'
import { execute, gradedSection, published } from '../../grading/graded-section.ts'
import { testEnv, type World, world } from '../../world.ts'
import { underWay } from '../../under-way.ts'
import { csv, importFile, problems } from './files.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

test('a seat with an official result keeps when it ended, and its days; a line that says the same is skipped', async () => {
  const term = await w.term(underWay)
  const section = await gradedSection(w, { marks: [[80], [70]], term_id: term.id })
  await published(w, section)
  const [seat, other] = (await w.registrar.get(`/enrollments?section_id=${section.id}`)).data.items
  const { course_code, term_code, section_number, student_number, enrolled_at, ended_at, member_from } = seat!
  const row = { course_code, term_code, section_number, student_number, enrolled_at, status: 'completed', ended_at }
  const rows = async () =>
    (await testEnv.DB.prepare('select * from enrollment where section_id = ?').bind(section.id).all()).results
  const before = await rows()
  const take = (line: object) => importFile(w.registrar, 'enrollments', csv([{ ...row, ...line }]))
  const later = new Date(Date.parse(ended_at!) + 60_000).toISOString()
  expect(problems(await take({ ended_at: later }))).toEqual([[2, 'ended_at', 'ENROLLMENT_GRADED']])
  expect(problems(await take({ member_from: underWay.end_date }))).toEqual([[2, 'member_from', 'ENROLLMENT_GRADED']])
  expect(problems(await take({ member_until: underWay.start_date }))).toEqual([
    [2, 'member_until', 'ENROLLMENT_GRADED'],
  ])
  expect((await take({ member_from })).data).toMatchObject({ updated: 0, skipped: 1, failed: 0 })
  const moving = execute('update enrollment set ended_at = ? where id = ?', later, other!.id)
  await expect(moving).rejects.toThrow('enrollment_graded_stays')
  expect(await rows()).toEqual(before)
})
