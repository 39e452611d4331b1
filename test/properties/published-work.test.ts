import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { attendedSection, day } from '../grading/attendance/attended.ts'
import { type World, world } from '../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

/** Exams of two works and attendance, two students; everybody has a score. */
async function given() {
  const { id: course } = await w.course({ absence_penalty: 0.5 })
  const section = await attendedSection(w, { course_id: course, weights: [], marks: [[], []] })
  const exams = await w.category(section.id, { weight: 80 })
  await w.category(section.id, { weight: 20, kind: 'attendance' })
  const works: number[] = []
  for (const weight of [60, 40]) works.push((await w.assessment(section.id, { category_id: exams.id, weight })).id)
  const scores = section.students.flatMap((student_id) =>
    works.map((assessment_id) => ({ student_id, assessment_id, score: 70 })),
  )
  await w.registrar.put(`/sections/${section.id}/gradebook`, { scores })
  return { ...section, course, exams: exams.id, works }
}
type Given = Awaited<ReturnType<typeof given>>

const place = fc.nat(1)
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ what: fc.constant('score' as const), student: place, work: place, points: fc.nat(100) }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('excuse' as const), student: place, work: place }) },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constant('attend' as const),
      student: place,
      day: fc.nat(3),
      status: fc.constantFrom('present', 'absent', 'late', 'excused'),
    }),
  },
  fc.record({ what: fc.constant('weigh' as const), work: place, weight: fc.integer({ min: 1, max: 100 }) }),
  fc.record({ what: fc.constant('drop' as const), drop_lowest: fc.nat(1) }),
  fc.record({ what: fc.constant('charge' as const), absence_penalty: fc.nat(3) }),
  fc.record({ what: fc.constant('count' as const), late_counts: fc.constantFrom(0, 50, 100) }),
  { weight: 2, arbitrary: fc.record({ what: fc.constant('compute' as const) }) },
)
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

async function take(of: Given, one: Step): Promise<unknown> {
  const scoreOf = (student: number, work: number, fields: object) =>
    w.registrar.put(`/sections/${of.id}/gradebook`, {
      scores: [{ student_id: of.students[student], assessment_id: of.works[work], ...fields }],
    })
  switch (one.what) {
    case 'score':
      return scoreOf(one.student, one.work, { score: one.points })
    case 'excuse':
      return scoreOf(one.student, one.work, { state: 'excused' })
    case 'attend':
      return w.registrar.put(`/sections/${of.id}/attendance`, {
        date: day(one.day),
        records: [{ student_id: of.students[one.student]!, status: one.status }],
      })
    case 'weigh':
      return w.registrar.patch(`/assessments/${of.works[one.work]!}`, { weight: one.weight })
    case 'drop':
      return w.registrar.patch(`/assessment-categories/${of.exams}`, { drop_lowest: one.drop_lowest })
    case 'charge':
      return w.registrar.patch(`/courses/${of.course}`, { absence_penalty: one.absence_penalty })
    case 'count':
      return w.registrar.patch(`/courses/${of.course}`, { attendance_rule: { late_counts: one.late_counts } })
    case 'compute':
      return w.registrar.post(`/sections/${of.id}/results/compute`)
  }
}

/** What is official, and what the work behind it, which is closed by then, comes to. */
async function officialOf({ id }: Given) {
  const { items } = (await w.registrar.get(`/results?section_id=${id}&state=published`)).data
  const { grades } = (await w.registrar.get(`/sections/${id}/final-grades`)).data
  const freshOf = new Map(grades.map(({ student_id, final }) => [student_id, final.percentage]))
  return items.map(({ student_id, percentage }) => [percentage, freshOf.get(student_id)])
}

test('what becomes official is what a fresh computing gives, whatever was changed before or is changed meanwhile', async () => {
  const seen = { official: 0, refused: 0 }
  const holds = async (before: Step[], meanwhile: Step[]) => {
    const of = await given()
    await w.registrar.post(`/sections/${of.id}/results/compute`)
    for (const one of before) await take(of, one)
    const [{ status, error }] = await Promise.all([
      w.registrar.post('/results/publish', { section_id: of.id }),
      ...meanwhile.map((one) => take(of, one)),
    ])
    seen[status === 200 ? 'official' : 'refused'] += 1
    if (status !== 200) expect(['RESULTS_OUTDATED', 'STALE_STATE']).toContain(error?.code)
    expect(await officialOf(of)).toHaveLength(status === 200 ? 2 : 0)
    await w.registrar.post(`/sections/${of.id}/results/compute`)
    if (status !== 200) expect((await w.registrar.post('/results/publish', { section_id: of.id })).status).toBe(200)
    const official = await officialOf(of)
    expect(official.map(([percentage]) => percentage)).toEqual(official.map(([, fresh]) => fresh))
  }
  const some = fc.array(step, { maxLength: 4 })
  await fc.assert(fc.asyncProperty(some, fc.array(step, { maxLength: 2 }), holds), { numRuns: 25 })
  expect(Math.min(seen.official, seen.refused)).toBeGreaterThan(2)
})
