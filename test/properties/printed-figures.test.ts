import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { csvRows } from '../exchange/export/downloaded.ts'
import { gradedSection, published } from '../grading/graded-section.ts'
import { recordOf } from '../paperwork/transcript/issued.ts'
import { type Persona, type World, world } from '../world.ts'

/** Scales as a registrar writes them; step and pass mark in hundredths of the scale. */
const scales = [
  { max: 10, step: 1, pass: 500 },
  { max: 10, step: 50, pass: 500 },
  { max: 20, step: 1, pass: 950 },
  { max: 20, step: 100, pass: 950 },
  { max: 100, step: 1, pass: 6000 },
] as const
type Scale = (typeof scales)[number]

/** Thousandths of a percent of published vectors, with the values that they are printed as. */
const vectors: [scale: number, percentage: number, value: number, passing: boolean][] = [
  [0, 49_996, 5, true],
  [0, 49_940, 4.99, false],
  [0, 64_950, 6.5, true],
  [1, 47_500, 5, true],
  [1, 47_400, 4.5, false],
  [2, 47_475, 9.5, true],
  [2, 47_470, 9.49, false],
  [3, 47_500, 10, true],
  [3, 72_490, 14, true],
  [4, 59_995, 60, true],
  [4, 59_994, 59.99, false],
]

/** In whole numbers: the nearest step, halves up. */
function printed({ max, step, pass }: Scale, thousandths: number) {
  const steps = Math.floor((2 * thousandths * max + 1000 * step) / (2000 * step))
  const value = steps * step
  return { value: value / 100, percentage: value / max, passing: value >= pass }
}

let w: World
let admin: Persona
let students: number[]
beforeAll(async () => {
  w = await world()
  admin = await w.admin()
  students = (await Promise.all([w.student(), w.student(), w.student(), w.student()])).map(({ id }) => id)
})

test.each(vectors)('the model says what is published: %i, %i', (scale, percentage, value, passing) => {
  expect(printed(scales[scale]!, percentage)).toMatchObject({ value, passing })
})

test('gradebook, result, change, record, transcript and export all print the same figure of the same work', async () => {
  const near = fc.integer({ min: 0, max: 100_000 })
  const drawn = fc.sample(fc.array(near, { minLength: 4, maxLength: 4 }), { numRuns: scales.length, seed: 7 })
  for (const [at, scale] of scales.entries()) {
    const known = vectors.filter(([of]) => of === at).map(([, percentage]) => percentage)
    const work = [...known, ...drawn[at]!].slice(0, students.length)
    const bands = [
      { minimum: scale.pass / scale.max, letter: 'pass', passing: true },
      { minimum: 0, letter: 'fail', passing: false },
    ]
    const { code } = await w.scheme({
      scale_max: scale.max,
      step: scale.step / 100,
      pass_minimum: scale.pass / scale.max,
      bands,
    })
    const program_id = (await w.program({ grading_scheme: code })).id
    const section = await gradedSection(w, { students, marks: [], weights: [], course: { program_id } })
    section.assessments.push((await w.assessment(section.id, { max_score: 1000 })).id)
    const scores = work.map((score, index) => ({
      assessment_id: section.assessments[0],
      student_id: students[index],
      score: score / 100,
    }))
    expect((await section.teacher.put(`/sections/${section.id}/gradebook`, { scores })).data.failed).toBe(0)
    const expected = work.map((one) => printed(scale, one))
    const book = (await w.registrar.get(`/sections/${section.id}/gradebook`)).data
    const shown = students.map((id) => book.students.find(({ student_id }) => student_id === id)!.final)
    expect(shown).toMatchObject(expected)
    const ids = await published(w, section)
    const rows = await csvRows(await w.registrar.get(`/exports/results.csv?section_id=${section.id}`))
    for (const [index, { value, percentage, passing }] of expected.entries()) {
      const figures = { value, percentage, outcome: passing ? 'pass' : 'fail' }
      const result = (await w.registrar.get(`/results/${ids[index]}`)).data
      expect(result).toMatchObject(figures)
      expect(rows.find(({ id }) => id === String(ids[index]))).toMatchObject({
        value: String(value),
        percentage: String(percentage),
      })
      const record = (await w.registrar.get(`/students/${students[index]}/record`)).data
      const courses = record.terms.flatMap(({ sections }) => sections)
      expect(courses.find(({ section_id }) => section_id === section.id)?.result).toMatchObject(figures)
      const paper = (await recordOf(students[index]!)).terms.flatMap((one) => one.courses)
      const course = paper.find((one) => one.code === result.code)!
      expect([course.value, course.percentage]).toEqual([value.toFixed(2), percentage.toFixed(2)])
    }
    // Far from what the first one has, which would be no change.
    const wished = 90_120 + 10 * at
    const asked = { result_id: ids[0], new_percentage: wished / 1000, reason: 'Counted once more' }
    const answer = await w.registrar.post('/results/change-request', asked)
    expect([answer.status, answer.error]).toEqual([201, null])
    const { data } = answer
    const wanted = printed(scale, wished)
    expect([data.new_value, data.new_percentage]).toEqual([wanted.value, wanted.percentage])
    await admin.post('/results/approve-change', { change_id: data.id, approved: true })
    expect((await w.registrar.get(`/results/${ids[0]}`)).data).toMatchObject({
      value: wanted.value,
      percentage: wanted.percentage,
    })
  }
})
