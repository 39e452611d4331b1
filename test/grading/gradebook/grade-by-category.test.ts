import { beforeAll, describe, expect, test } from 'vitest'
import { type World, world } from '../../world.ts'
import { exams, type Group, groupedSection, homework } from '../grouped-section.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

/** What the front door says of the student of a section with these categories. */
async function gradeOf(groups: readonly Group[], course: object = {}) {
  const section = await groupedSection(w, groups, course)
  const answer = await section.teacher.get(`/students/${section.students[0]}/sections/${section.id}/final-grade`)
  expect(answer.status).toBe(200)
  return answer.data
}

const percentages = async (group: Partial<Group> & Pick<Group, 'works'>) => {
  const { current, final } = await gradeOf([{ name: 'homework', weight: 100, ...group }])
  return [current.percentage, final.percentage]
}

describe('the grade of a section with categories', () => {
  test('is 80.5 for homework 80 and 90, midterm 70 and final 85, and explains it', async () => {
    const data = await gradeOf([homework(80, 90), ...exams])
    expect([data.current.percentage, data.final.percentage, data.final.letter]).toEqual([80.5, 80.5, 'B+'])
    const shares = data.breakdown.map((row) => [row.category, row.weight, row.contribution])
    expect(shares).toEqual([
      ['homework', 15, 12],
      ['homework', 15, 13.5],
      ['midterm', 30, 21],
      ['final', 40, 34],
    ])
    expect([data.type, data.weight_assessed]).toEqual(['final', 100])
  })

  test('says how much of it is decided, and what each category comes to so far', async () => {
    const [midterm] = exams
    const data = await gradeOf([homework(80, 90, 'missing'), midterm!, { name: 'final', weight: 40, works: [null] }])
    expect(data).toMatchObject({ type: 'current', weight_assessed: 50, student_name: 'Παππά Ελένη' })
    expect(data.categories).toEqual([
      { name: 'homework', weight: 30, average: 85 },
      { name: 'midterm', weight: 30, average: 70 },
      { name: 'final', weight: 40, average: null },
    ])
  })

  test('with a homework mean of 82.5 is 79.75', async () => {
    const fine = { program_id: (await w.program({ grading_scheme: 'letters-fine' })).id }
    const data = await gradeOf([homework(75, 90), ...exams], fine)
    expect(data.final).toMatchObject({ percentage: 79.75, letter: 'C+', points: 3.19 })
  })

  test('sets the lowest aside, and always keeps one', async () => {
    expect(await percentages({ drop_lowest: 1, works: [40, 80, 90] })).toEqual([85, 85])
    expect(await percentages({ drop_lowest: 2, works: [40, 80, 90] })).toEqual([90, 90])
    expect(await percentages({ drop_lowest: 9, works: [40, 80, 90] })).toEqual([90, 90])
    const data = await gradeOf([{ ...homework(40, 80, 90), drop_lowest: 1 }, ...exams])
    expect(data.breakdown.map(({ dropped }: { dropped: boolean }) => dropped)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ])
  })

  test('sets missing work aside in the end, and the lowest graded so far', async () => {
    expect(await percentages({ drop_lowest: 1, works: [60, 80, null] })).toEqual([80, 70])
  })

  test('takes the latest by due time, whatever the order in which they were made', async () => {
    const works = [
      { mark: 90, due_at: '2026-12-20T10:00:00Z' },
      { mark: 50, due_at: '2026-11-20T10:00:00Z' },
      { mark: null, due_at: '2027-01-20T10:00:00Z' },
    ]
    expect(await percentages({ aggregation: 'latest', works })).toEqual([90, 90])
  })

  test('weighs by relative weights, which need not total 100', async () => {
    const works = [
      { mark: 90, weight: 3 },
      { mark: 60, weight: 1 },
    ]
    expect(await percentages({ aggregation: 'weighted', works })).toEqual([82.5, 82.5])
  })

  test('leaves excused work out of its category, and a category of nothing else out of the whole', async () => {
    expect(await percentages({ works: [80, 'excused'] })).toEqual([80, 80])
    const data = await gradeOf([homework('excused', 'exempt'), ...exams])
    // (30 x 70 + 40 x 85) / 70
    expect([data.current.percentage, data.final.percentage]).toEqual([78.57, 78.57])
  })

  test('counts a category without graded work as 0 in the end, and not at all so far', async () => {
    const data = await gradeOf([homework(null), ...exams])
    expect([data.current.percentage, data.final.percentage]).toEqual([78.57, 55])
  })

  test('gives no weight to work outside of the categories', async () => {
    const section = await groupedSection(w, [homework(80, 90), ...exams])
    await w.assessment(section.id, { weight: 50 })
    const { data } = await section.teacher.get(`/sections/${section.id}/final-grades`)
    expect(data.grades[0]!.final.percentage).toBe(80.5)
    expect(data.grades[0]!.breakdown.at(-1)).toMatchObject({ category: null, weight: 0, contribution: 0 })
  })

  test('is in the gradebook, beside the categories and the place of each assessment', async () => {
    const section = await groupedSection(w, [homework(80, 90), ...exams])
    const { data } = await section.teacher.get(`/sections/${section.id}/gradebook`)
    expect(data.students[0]!.final?.percentage).toBe(80.5)
    expect(data.categories.map(({ name, weight }) => [name, weight])).toEqual([
      ['homework', 30],
      ['midterm', 30],
      ['final', 40],
    ])
    const [first, , last] = data.categories
    const places = data.assessments.map(({ category_id }) => category_id)
    expect([places.slice(0, 2), places.at(-1)]).toEqual([[first!.id, first!.id], last!.id])
  })

  test('of a student is made of released work only', async () => {
    const section = await groupedSection(w, [homework(80, 90), ...exams])
    const student = await w.studentPersona()
    await w.enroll(section.id, student.studentId!)
    await w.registrar.post(`/assessments/${section.assessments[1]}/release`)
    await w.registrar.put(`/sections/${section.id}/gradebook`, {
      scores: [10, 70].map((score, index) => ({
        assessment_id: section.assessments[index],
        student_id: student.studentId,
        score,
      })),
    })
    const { data } = await student.get(`/students/${student.studentId}/sections/${section.id}/final-grade`)
    expect([data.current.percentage, data.final.percentage, data.breakdown.length]).toEqual([70, 21, 1])
  })
})
