import { beforeAll, expect, test } from 'vitest'
import { unique, type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

/** Greek letters, and what looks like them: Latin ones in both cases, full width. */
const alike = (n: number) => [`ΜΚ-${n}`, `MK-${n}`, `mk-${n}`, `ＭＫ-${n}`]
const idsAt = async (path: string) => {
  const answer = await w.registrar.get(path as '/students?')
  expect([path, answer.status]).toEqual([path, 200])
  return answer.data.items.map(({ id }) => id)
}
const dates = { name: 'T', start_date: '2026-10-01', end_date: '2027-01-31' }
const person = { first_name: 'Ελένη', last_name: 'Παππά' }

test.each([
  ['students', 'student_number', 'STUDENT_NUMBER_TAKEN', person],
  ['programs', 'code', 'PROGRAM_CODE_TAKEN', { title: 'P' }],
  ['courses', 'code', 'COURSE_CODE_TAKEN', { title: 'C', credits: 5 }],
  ['terms', 'code', 'TERM_CODE_TAKEN', dates],
] as const)(
  '%s are found by whatever their number or code looks like, and a refusal names who has it',
  async (...of) => {
    const [list, field, code, fields] = of
    const typed = alike(unique())
    const post = (text: string) =>
      w.registrar.post(`/${list}` as '/students', {
        [field]: text,
        ...fields,
        ...(list === 'students' && { email: `k${unique()}@lyceum.test` }),
      })
    const { id } = (await post(typed[0]!)).data
    for (const text of typed) {
      const word = encodeURIComponent(text)
      expect([text, await idsAt(`/${list}?search=${word}`)]).toEqual([text, [id]])
      const { error } = await post(text)
      expect([error?.code, error?.details]).toMatchObject([code, { id }])
      if (list === 'terms') continue
      const { hits } = (await w.registrar.get(`/search?q=${word}`)).data
      expect(hits.map((hit) => [hit.type, hit.id, hit.match])).toEqual([[list, id, 'prefix']])
    }
    const other = (await post(`X${unique()}`)).data
    const changed = await w.registrar.patch(`/${list}/${other.id}` as '/students/:', { [field]: typed[1]! })
    expect([changed.error?.code, changed.error?.details]).toMatchObject([code, { id }])
  },
)

test('what shows a number or code is found by what it looks like', async () => {
  const n = unique()
  const student = await w.student({ student_number: `ΑΜ${n}` })
  const course = await w.course({ code: `ΜΕΤ-${n}` })
  const section = await w.section({ course_id: course.id })
  const seat = await w.enroll(section.id, student.id)
  const work = await w.assessment(section.id)
  for (const text of [`am${n}`, `MET-${n}`])
    expect([text, await idsAt(`/enrollments?search=${text}`)]).toEqual([text, [seat.id]])
  expect(await idsAt(`/assessments?search=met-${n}`)).toEqual([work.id])
})
