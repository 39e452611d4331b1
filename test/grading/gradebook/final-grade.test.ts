import { beforeAll, describe, expect, test } from 'vitest'
import { type World, world } from '../../world.ts'
import { gradedSection, type Mark } from '../graded-section.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

type Wish = { weights: number[]; marks: Mark[]; course?: object }

/** What the front door says of one student with these marks. */
async function gradeOf({ weights, marks, course }: Wish) {
  const section = await gradedSection(w, { weights, marks: [marks], ...(course && { course }) })
  const answer = await section.teacher.get(`/students/${section.students[0]}/sections/${section.id}/final-grade`)
  expect(answer.status).toBe(200)
  return answer.data
}

const inScheme = async (grading_scheme: string) => ({ program_id: (await w.program({ grading_scheme })).id })

describe('the final grade', () => {
  test('weighs 80, 90 and 85 by 30, 40 and 30 to 85.5, an A, and explains it', async () => {
    const data = await gradeOf({ weights: [30, 40, 30], marks: [80, 90, 85] })
    const figures = { percentage: 85.5, letter: 'A', points: 3.42, value: 85.5, passing: true }
    expect([data.scheme, data.current, data.final]).toEqual(['letters', figures, figures])
    expect([data.absences, data.absence_deduction]).toEqual([0, 0])
    const shares = data.breakdown.map((row) => [row.score, row.weight, row.contribution])
    expect(shares).toEqual([
      [80, 30, 24],
      [90, 40, 36],
      [85, 30, 25.5],
    ])
  })

  test('of two halves with one graded 80 is 80 so far and 40 in the end', async () => {
    const data = await gradeOf({ weights: [50, 50], marks: [80, null] })
    expect(data.current).toEqual({ percentage: 80, letter: 'B+', points: 3.2, value: 80, passing: true })
    expect(data.final).toEqual({ percentage: 40, letter: 'F', points: 1.6, value: 40, passing: false })
    expect(data.breakdown[1]).toMatchObject({
      state: 'missing',
      score: null,
      percentage: null,
      weight: 50,
      contribution: 0,
      current: { weight: 0, contribution: 0, dropped: false },
    })
    expect(data.breakdown[0]!.current).toEqual({ weight: 100, contribution: 80, dropped: false })
  })

  test('counts weights that are not given away yet as missing', async () => {
    const data = await gradeOf({ weights: [40], marks: [100] })
    expect([data.current.percentage, data.final.percentage]).toEqual([100, 40])
  })

  test.each([
    [100, 'A+', true],
    [90, 'A+', true],
    [89.99, 'A', true],
    [85, 'A', true],
    [84.99, 'B+', true],
    [80, 'B+', true],
    [79.99, 'B', true],
    [75, 'B', true],
    [74.99, 'C+', true],
    [70, 'C+', true],
    [69.99, 'C', true],
    [65, 'C', true],
    [64.99, 'D', true],
    [60, 'D', true],
    [59.99, 'F', false],
    [0, 'F', false],
  ])('%d is %s', async (percentage, letter, passing) => {
    expect((await gradeOf({ weights: [100], marks: [percentage] })).final).toMatchObject({
      percentage,
      letter,
      passing,
    })
  })

  test('takes the letter from the printed percentage', async () => {
    const data = await gradeOf({ weights: [50, 50], marks: [90, 89.99] })
    expect([data.final.percentage, data.final.letter]).toEqual([90, 'A+'])
  })

  test('with nothing graded is 0, an F, with nothing to explain', async () => {
    const data = await gradeOf({ weights: [50, 50], marks: [] })
    const figures = { percentage: 0, letter: 'F', points: 0, value: 0, passing: false }
    expect([data.current, data.final, data.breakdown]).toEqual([figures, figures, []])
  })

  test.each(['excused', 'exempt'] as const)('leaves %s work out of the whole', async (state) => {
    const data = await gradeOf({ weights: [50, 30, 20], marks: [80, state, 60] })
    // (50 x 80 + 20 x 60) / 70
    expect([data.current.percentage, data.final.percentage, data.final.letter]).toEqual([74.29, 74.29, 'C+'])
    const [counted, left] = data.breakdown
    expect(counted).toMatchObject({ weight: 71.43, contribution: 57.14 })
    expect(left).toMatchObject({ state, score: null, percentage: null, weight: 0, contribution: 0 })
  })

  test('a score marked missing counts as one that is not there', async () => {
    const data = await gradeOf({ weights: [50, 50], marks: [80, 'missing'] })
    expect([data.current.percentage, data.final.percentage]).toEqual([80, 40])
  })

  test('33.33 + 33.33 + 33.34 make exactly 100', async () => {
    const data = await gradeOf({ weights: [33.33, 33.33, 33.34], marks: [100, 100, 100] })
    expect(data.final).toMatchObject({ percentage: 100, letter: 'A+' })
  })

  test('rounds once, half up', async () => {
    const section = await gradedSection(w, { weights: [50, 50], marks: [[84.99, 85]] })
    const { data } = await section.teacher.get(`/sections/${section.id}/final-grades`)
    // 84.995 is shown as 85, and is graded as 85.
    expect(data.grades[0]!.final).toMatchObject({ percentage: 85, letter: 'A' })
  })

  test('scales by the maximum of each assessment', async () => {
    const section = await gradedSection(w, { weights: [] })
    const student = await w.student()
    await w.enroll(section.id, student.id)
    const work = await w.assessment(section.id, { max_score: 40 })
    await w.registrar.post('/assessment-scores', { assessment_id: work.id, student_id: student.id, score: 31 })
    const { data } = await section.teacher.get(`/students/${student.id}/sections/${section.id}/final-grade`)
    expect(data.final).toMatchObject({ percentage: 77.5, letter: 'B' })
    expect(data.breakdown[0]).toMatchObject({ score: 31, max_score: 40, percentage: 77.5 })
  })

  test.each([
    [85, { percentage: 85, letter: 'B', points: 3.4, value: 17, passing: true }],
    [90, { percentage: 90, letter: 'A', points: 3.6, value: 18, passing: true }],
    [50, { percentage: 50, letter: 'D', points: 2, value: 10, passing: true }],
    [49.99, { percentage: 50, letter: 'D', points: 2, value: 10, passing: true }],
    [49.97, { percentage: 49.95, letter: 'F', points: 2, value: 9.99, passing: false }],
    [77.75, { percentage: 77.75, letter: 'B', points: 3.11, value: 15.55, passing: true }],
  ])('of %d on the scale of 20', async (mark, figures) => {
    const data = await gradeOf({ weights: [100], marks: [mark], course: await inScheme('greek-20') })
    expect([data.scheme, data.final]).toEqual(['greek-20', figures])
  })

  test.each([
    ['greek-10', 85, 'excellent', 8.5],
    ['greek-10', 84.94, 'very good', 8.49],
    ['greek-10', 49.95, 'good', 5],
    ['greek-10', 49.94, 'fail', 4.99],
    ['letters-fine', 77.75, 'C+', 77.75],
    ['letters-fine', 96.99, 'A', 96.99],
  ])('by %s of %d is %s', async (scheme, mark, letter, value) => {
    const data = await gradeOf({ weights: [100], marks: [mark], course: await inScheme(scheme) })
    expect([data.scheme, data.final.letter, data.final.value]).toEqual([scheme, letter, value])
  })
})
