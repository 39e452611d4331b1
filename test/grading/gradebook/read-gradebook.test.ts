import { beforeAll, describe, expect, test } from 'vitest'
import { sectionNamed } from '../named.ts'
import { refusal } from '../../call.ts'
import { type World, world } from '../../world.ts'
import { gradedSection } from '../graded-section.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const grade = (percentage: number, letter: string, points: number, passing: boolean) => ({
  percentage,
  letter,
  points,
  value: percentage,
  passing,
})

/** Two students by name, one of them half graded. */
async function given() {
  const anna = await w.student({ last_name: 'Αλεξίου', first_name: 'Άννα' })
  const zoe = await w.student({ last_name: 'Ζήση', first_name: 'Ζωή' })
  const students = [zoe.id, anna.id]
  const marks = [
    [80, null],
    [90, 100],
  ]
  return { section: await gradedSection(w, { weights: [50, 50], students, marks }), anna, zoe }
}

describe('the gradebook of a section', () => {
  test('has the assessments, the students by name, their scores and both grades', async () => {
    const { section, anna, zoe } = await given()
    const [first, second] = section.assessments
    const answer = await section.teacher.get(`/sections/${section.id}/gradebook`)
    expect(answer.status).toBe(200)
    const column = { category_id: null, title: 'Exam', type: 'final', weight: 50, max_score: 100, released: false }
    expect(answer.data).toEqual({
      ...(await sectionNamed(w, section.id)),
      categories: [],
      assessments: [
        { id: first, ...column },
        { id: second, ...column },
      ],
      students: [
        {
          student_id: anna.id,
          student_number: anna['student_number'],
          student_name: 'Αλεξίου Άννα',
          scheme: 'letters',
          scores: [
            { assessment_id: first, score: 90, state: 'graded' },
            { assessment_id: second, score: 100, state: 'graded' },
          ],
          attendance: null,
          current: grade(95, 'A+', 3.8, true),
          final: grade(95, 'A+', 3.8, true),
        },
        {
          student_id: zoe.id,
          student_number: zoe['student_number'],
          student_name: 'Ζήση Ζωή',
          scheme: 'letters',
          scores: [{ assessment_id: first, score: 80, state: 'graded' }],
          attendance: null,
          current: grade(80, 'B+', 3.2, true),
          final: grade(40, 'F', 1.6, false),
        },
      ],
    })
  })

  test('leaves out who dropped, and what was deleted', async () => {
    const { section, anna, zoe } = await given()
    const seats = (await w.registrar.get(`/enrollments?section_id=${section.id}`)).data.items
    await w.registrar.post(`/enrollments/${seats.find(isOf(zoe.id))!.id}/drop`)
    const [score] = (await w.registrar.get(`/assessment-scores?assessment_id=${section.assessments[1]}`)).data.items
    await w.registrar.delete(`/assessment-scores/${score!.id}`)
    await w.registrar.delete(`/assessments/${section.assessments[1]}`)
    const { data } = await section.teacher.get(`/sections/${section.id}/gradebook`)
    expect(data.assessments.map(({ id }: { id: number }) => id)).toEqual([section.assessments[0]])
    expect(data.students.map((row: { student_id: number; scores: unknown[] }) => [row.student_id, row.scores])).toEqual(
      [[anna.id, [{ assessment_id: section.assessments[0], score: 90, state: 'graded' }]]],
    )
  })

  test('of an empty section is empty', async () => {
    const section = await w.section()
    const { data } = await w.registrar.get(`/sections/${section.id}/gradebook`)
    const named = await sectionNamed(w, section.id)
    expect(data).toEqual({ ...named, categories: [], assessments: [], students: [] })
    const grades = await w.registrar.get(`/sections/${section.id}/final-grades`)
    expect(grades.data).toEqual({ ...named, grades: [] })
  })

  test('is read in one round trip', async () => {
    const { section } = await given()
    const answer = await section.teacher.get(`/sections/${section.id}/gradebook`)
    expect(answer.headers.get('server-timing')).toContain('in 1 round trips')
  })
})

describe('the final grades of a section', () => {
  test('are those of every student, one by one', async () => {
    const { section, anna, zoe } = await given()
    const all = await section.teacher.get(`/sections/${section.id}/final-grades`)
    const single = await Promise.all(
      [anna, zoe].map(({ id }) => section.teacher.get(`/students/${id}/sections/${section.id}/final-grade`)),
    )
    expect(all.data).toEqual({
      ...(await sectionNamed(w, section.id)),
      grades: single.map(({ data }) => data),
    })
  })
})

describe('gradebook and final grades', () => {
  const paths = (id: number, student: number) => [
    `/sections/${id}/gradebook`,
    `/sections/${id}/final-grades`,
    `/students/${student}/sections/${id}/final-grade`,
  ]

  test('are open to the teacher of the section, the registrar and the admin', async () => {
    const { section, anna } = await given()
    for (const caller of [section.teacher, w.registrar, await w.admin()])
      for (const path of paths(section.id, anna.id)) expect((await caller.get(path)).status).toBe(200)
  })

  test('do not exist for another teacher', async () => {
    const { section, anna } = await given()
    const stranger = await w.teacher()
    for (const path of paths(section.id, anna.id))
      expect(refusal(await stranger.get(path))).toEqual([404, 'SECTION_NOT_FOUND'])
  })

  test('of an unknown section answer 404', async () => {
    const { anna } = await given()
    for (const path of paths(999_999, anna.id))
      expect(refusal(await w.registrar.get(path))).toEqual([404, 'SECTION_NOT_FOUND'])
  })

  test('of a student who has left the section says that there is no seat', async () => {
    const { section, anna } = await given()
    const [seat] = (await w.registrar.get(`/enrollments?section_id=${section.id}&student_id=${anna.id}`)).data.items
    await w.registrar.post(`/enrollments/${seat!.id}/drop`)
    const path = `/students/${anna.id}/sections/${section.id}/final-grade` as const
    expect(refusal(await w.registrar.get(path))).toEqual([400, 'NOT_ENROLLED'])
    const nobody = await w.registrar.get(`/students/999999/sections/${section.id}/final-grade`)
    expect(refusal(nobody)).toEqual([404, 'STUDENT_NOT_FOUND'])
  })

  test('of a student who is not in the section answer 404', async () => {
    const { section } = await given()
    const stranger = await w.student()
    const answer = await section.teacher.get(`/students/${stranger.id}/sections/${section.id}/final-grade`)
    expect([...refusal(answer), answer.error?.message]).toEqual([
      404,
      'STUDENT_NOT_FOUND',
      `Student with id ${stranger.id} not found.`,
    ])
  })
})

const isOf = (student: number) => (row: { student_id: number }) => row.student_id === student
