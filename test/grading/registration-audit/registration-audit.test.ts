import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { type World, world } from '../../world.ts'
import { gradedSection, published } from '../graded-section.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const audit = async (term: number, query = '') =>
  (await w.registrar.get(`/terms/${term}/registration-audit${query}`)).data.items as Record<string, unknown>[]

interface Wish {
  minimum_percentage?: number
  /** A course that would do as well. */
  or?: number
}

/** Students who sit in the basics of autumn and enroll in the sequel of spring, which asks for them. */
async function sequel(marks: number[][], { minimum_percentage, or }: Wish = {}) {
  const autumn = await w.term({ start_date: '2025-09-01', end_date: '2026-01-31' })
  const spring = await w.term({ start_date: '2026-02-01', end_date: '2026-06-30' })
  const basics = await gradedSection(w, { marks, term_id: autumn.id })
  const { course_id } = (await w.registrar.get(`/sections/${basics.id}`)).data
  const course = await w.course()
  const any_of = [{ course_id, minimum_percentage }, ...(or ? [{ course_id: or }] : [])]
  await w.registrar.put(`/courses/${course.id}/prerequisites`, { prerequisites: [{ any_of }] })
  const section = await w.section({ course_id: course.id, term_id: spring.id })
  for (const student of basics.students) await w.enroll(section.id, student)
  const code = (await w.registrar.get(`/courses/${course_id}`)).data.code as string
  return { basics, section, spring: spring.id, course: course_id as number, code }
}

describe('a prerequisite in progress', () => {
  test('is met for the time being, in an earlier term only', async () => {
    const { basics, section } = await sequel([[30]])
    expect((await w.registrar.get(`/enrollments?section_id=${section.id}`)).data.total).toBe(1)
    const stranger = await w.student()
    const answer = await w.registrar.post(`/sections/${section.id}/enroll`, { student_id: stranger.id })
    expect(refusal(answer)).toEqual([400, 'PREREQUISITE_NOT_MET'])
    await w.enroll(basics.id, stranger.id)
    const { course_id } = (await w.registrar.get(`/sections/${section.id}`)).data
    const { term_id } = (await w.registrar.get(`/sections/${basics.id}`)).data
    const beside = await w.section({ course_id, term_id })
    const same = await w.registrar.post(`/sections/${beside.id}/enroll`, { student_id: stranger.id })
    expect(refusal(same)).toEqual([400, 'PREREQUISITE_NOT_MET'])
  })

  test('counts no longer once the result is a fail', async () => {
    const { basics, section } = await sequel([[30]])
    const [seat] = (await w.registrar.get(`/enrollments?section_id=${section.id}`)).data.items
    await w.registrar.post(`/enrollments/${seat!.id}/drop`)
    await published(w, basics)
    const answer = await w.registrar.post(`/sections/${section.id}/enroll`, { student_id: basics.students[0] })
    expect(refusal(answer)).toEqual([400, 'PREREQUISITE_NOT_MET'])
  })
})

describe('the registration audit of a term', () => {
  test('lists who failed what was in progress, once that is official', async () => {
    const { basics, section, spring, code } = await sequel([[30], [80]])
    expect(await audit(spring)).toEqual([])
    await published(w, basics)
    expect(await audit(spring)).toMatchObject([
      { student_id: basics.students[0], section_id: section.id, failed_prerequisites: code },
    ])
    expect(await audit(spring, `?student_id=${basics.students[1]}`)).toEqual([])
  })

  test('lists a pass below the minimum, and a withdrawal', async () => {
    const { basics, spring } = await sequel([[70], [80]], { minimum_percentage: 75 })
    const term = (await w.registrar.get(`/sections/${basics.id}`)).data.term_id
    await w.registrar.patch(`/terms/${term}`, { drop_deadline: '2025-10-01' })
    const [, seat] = (await w.registrar.get(`/enrollments?section_id=${basics.id}`)).data.items
    await w.registrar.post(`/enrollments/${seat!.id}/withdraw`)
    await published(w, basics)
    expect((await audit(spring)).map(({ student_id }) => student_id)).toEqual(basics.students)
  })

  test('leaves out whom another course of the group lets in, and who has left', async () => {
    const other = await w.course()
    const { basics, section, spring } = await sequel([[30], [30]], { or: other.id })
    const passed = await gradedSection(w, { course_id: other.id, students: [basics.students[0]!], marks: [[90]] })
    await published(w, passed)
    await published(w, basics)
    expect((await audit(spring)).map(({ student_id }) => student_id)).toEqual([basics.students[1]])
    const [, seat] = (await w.registrar.get(`/enrollments?section_id=${section.id}`)).data.items
    await w.registrar.post(`/enrollments/${seat!.id}/drop`)
    expect(await audit(spring)).toEqual([])
  })

  test('is a list as others are, for the registry', async () => {
    const { basics, spring, course } = await sequel([[30], [20], [10]])
    await published(w, basics)
    const page = (await w.registrar.get(`/terms/${spring}/registration-audit?page_size=2&ordering=-student_number`))
      .data
    expect(page).toMatchObject({ total: 3, total_pages: 2, has_next: true })
    const rest = (
      await w.registrar.get(
        `/terms/${spring}/registration-audit?page_size=2&ordering=-student_number&cursor=${page.next_cursor}`,
      )
    ).data
    expect([...page.items, ...rest.items].map(({ student_id }) => student_id)).toEqual(basics.students.toReversed())
    expect(await audit(spring, `?course_id=${course}`)).toEqual([])
    expect(refusal(await w.registrar.get('/terms/999999/registration-audit'))).toEqual([404, 'TERM_NOT_FOUND'])
    expect(refusal(await basics.teacher.get(`/terms/${spring}/registration-audit`))).toEqual([403, 'HTTP_403'])
  })
})
