import { beforeAll, describe, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { type World, world } from '../../world.ts'
import { execute, gradedSection, published } from '../../grading/graded-section.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const offered = async (id: number) => {
  const { code, title, title_el, credits } = (await w.registrar.get(`/sections/${id}`)).data
  return [code, title, title_el, credits]
}
const renamed = { title: 'Statistical Mechanics', title_el: 'Στατιστική Μηχανική', credits: 7.5 }

describe('a section', () => {
  test('is called and worth what its course was when it was made', async () => {
    const course = await w.course({ title: 'Thermodynamics', title_el: null, credits: 6 })
    const { id } = await w.section({ course_id: course.id })
    expect(await offered(id)).toEqual([course.code, 'Thermodynamics', null, 6])
    const own = await w.section({ course_id: course.id, number: 'B', title: 'Heat', credits: 4 })
    expect(await offered(own.id)).toEqual([course.code, 'Heat', null, 4])
  })

  test('follows its course as long as nobody has had a seat, but for what it says itself', async () => {
    const course = await w.course({ title: 'Thermodynamics', title_el: 'Θερμοδυναμική' })
    const [free, seated, left, own] = await Promise.all(
      ['1', '2', '3', '4'].map((number) =>
        w.section({ course_id: course.id, number, ...(number === '4' && { title: 'Heat' }) }),
      ),
    )
    await w.enroll(seated!.id, (await w.student()).id)
    const { id: leaver } = await w.student()
    await w.enroll(left!.id, leaver)
    const [seat] = (await w.registrar.get(`/enrollments?student_id=${leaver}`)).data.items
    await w.registrar.post(`/enrollments/${seat!.id}/drop`)
    const { data } = await w.registrar.patch(`/courses/${course.id}`, renamed)
    expect(data.sections_updated?.map(({ section_id }) => section_id)).toEqual([free!.id, own!.id])
    const now = ['Statistical Mechanics', 'Στατιστική Μηχανική', 7.5]
    expect(await offered(free!.id)).toEqual([course.code, ...now])
    expect((await offered(seated!.id)).slice(1)).toEqual(['Thermodynamics', 'Θερμοδυναμική', 6])
    expect((await offered(left!.id)).slice(1)).toEqual(['Thermodynamics', 'Θερμοδυναμική', 6])
    expect((await offered(own!.id))[1]).toBe('Heat')
  })

  test('says another title and other credits until its first official result, and then no more', async () => {
    const section = await gradedSection(w, { marks: [[80]] })
    const path = `/sections/${section.id}` as const
    expect((await w.registrar.patch(path, { title: 'Own', title_el: null, credits: 3 })).data.credits).toBe(3)
    await published(w, section)
    const changes: object[] = [{ title: 'New' }, { title_el: 'Νέος' }, { credits: 5 }, { grading_scheme: 'greek-10' }]
    for (const change of changes)
      expect([change, ...refusal(await w.registrar.patch(path, change))]).toEqual([change, 409, 'SECTION_GRADED'])
    const kept = await w.registrar.patch(path, { title: null, credits: null, capacity: 150 })
    expect([kept.status, kept.data.title, kept.data.credits, kept.data.capacity]).toEqual([200, 'Own', 3, 150])
    await expect(execute(`update section set code = 'X' where id = ${section.id}`)).rejects.toThrow('section_graded')
  })

  test('that takes back its own title is called as its course again', async () => {
    const course = await w.course({ title: 'Thermodynamics', title_el: 'Θερμοδυναμική' })
    const { id } = await w.section({ course_id: course.id, title: 'Heat', credits: 2 })
    await w.registrar.patch(`/sections/${id}`, { title: null, credits: null })
    expect(await offered(id)).toEqual([course.code, 'Thermodynamics', 'Θερμοδυναμική', 6])
    const other = await w.course({ title: 'Optics', credits: 3 })
    await w.registrar.patch(`/sections/${id}`, { course_id: other.id })
    expect(await offered(id)).toEqual([other.code, 'Optics', 'Βάσεις Δεδομένων', 3])
  })

  test('counts with its own credits in the limit of a term and in results', async () => {
    const section = await gradedSection(w, { marks: [[80]] })
    await w.registrar.patch(`/sections/${section.id}`, { credits: 2.5 })
    const [id] = await published(w, section)
    expect((await w.registrar.get(`/results/${id}`)).data.credits).toBe(2.5)
    const program = await w.program({ credits_per_term: 3 })
    const student = await w.student({ program_id: program.id })
    await w.enroll(section.id, student.id)
    const { term_id } = (await w.registrar.get(`/sections/${section.id}`)).data
    const another = await w.section({ term_id, credits: 1 })
    const refused = await w.registrar.post(`/sections/${another.id}/enroll`, { student_id: student.id })
    expect([refused.status, refused.error?.code, refused.error?.message]).toEqual([
      400,
      'CREDIT_LIMIT',
      expect.stringContaining('3.5'),
    ])
  })
})

describe('an official result', () => {
  test('is called as its section was, on the record and on transcripts, whatever becomes of course and section', async () => {
    const course = await w.course({ title: 'Thermodynamics', title_el: 'Θερμοδυναμική' })
    const section = await gradedSection(w, { marks: [[80]], course_id: course.id })
    const [id] = await published(w, section)
    await w.registrar.patch(`/courses/${course.id}`, { ...renamed, code: `NEW${course.id}` })
    const result = (await w.registrar.get(`/results/${id}`)).data
    expect([result.code, result.title, result.title_el]).toEqual([course.code, 'Thermodynamics', 'Θερμοδυναμική'])
    expect(result.course_title).toBe('Statistical Mechanics')
    const record = (await w.registrar.get(`/students/${section.students[0]!}/record`)).data
    expect(record.terms[0]!.sections[0]).toMatchObject({
      course_code: course.code,
      course_title: 'Thermodynamics',
      credits: 6,
    })
    const wrong = execute(`update result set title = 'X' where id = ${id}`)
    await expect(wrong).rejects.toThrow('result_is_official')
  })
})
