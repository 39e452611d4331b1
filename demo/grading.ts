import { attendanceDates, type sections } from './catalog.ts'
import type { FrontDoor, Row } from './front-door.ts'

type DemoSection = (typeof sections)[number]

const midterm = { type: 'midterm', title: 'Midterm', title_el: 'Πρόοδος', weight: 40 }
const final = { type: 'final', title: 'Final exam', title_el: 'Τελική εξέταση', weight: 60 }
const essay = (n: number) => ({ type: 'assignment', title: `Essay ${n}`, title_el: `Εργασία ${n}`, weight: 1 })

/** Assessments with scores; the last one has none where the section is graded so far. The first one is released. */
export async function grade(
  teacher: FrontDoor,
  { stage }: DemoSection,
  section_id: number,
  seated: readonly Row[],
): Promise<void> {
  const work: Row[] = []
  for (const assessment of await planned(teacher, section_id))
    work.push(await teacher('POST', '/assessments', { section_id, ...assessment }))
  const graded = stage === 'graded so far' ? work.slice(0, -1) : work
  const scores = graded.flatMap(({ id }, which) =>
    seated.map((student) => ({
      assessment_id: id,
      student_id: student.id,
      score: scoreOf(student.id, section_id, which),
    })),
  )
  await teacher('PUT', `/sections/${section_id}/gradebook`, { scores })
  await teacher('POST', `/assessments/${work[0]!.id}/release`)
}

/** Midterm and final, or what belongs into the categories that the section began with. */
async function planned(teacher: FrontDoor, section_id: number): Promise<object[]> {
  const { items } = (await teacher('GET', `/assessment-categories?section_id=${section_id}`)) as unknown as {
    items: Row[]
  }
  const [essays, exam] = items
  if (!essays || !exam) return [midterm, final]
  return [...[1, 2, 3].map((n) => ({ ...essay(n), category_id: essays.id })), { ...final, category_id: exam.id }]
}

/** A roster for each day; some are late, some are missing, most are there. */
export async function takeAttendance(teacher: FrontDoor, section_id: number, seated: readonly Row[]): Promise<void> {
  for (const [day, date] of attendanceDates.entries()) {
    const records = seated.map(({ id }) => ({ student_id: id, status: statusOf((id * 7 + day * 5) % 11) }))
    await teacher('PUT', `/sections/${section_id}/attendance`, { date, records })
  }
}

const statusOf = (n: number) => (n === 0 ? 'absent' : n === 1 ? 'late' : n === 2 ? 'excused' : 'present')

/** Between 42 and 99.5, the same each time, and better for some than for others. */
const scoreOf = (student: number, section: number, which: number) =>
  42 + ((student * 37 + section * 11 + which * 23) % 96) / 2 + ((student * 7) % 20) / 2

/** Takes the results of a section as far as its stage. */
export async function decide(registrar: FrontDoor, teacher: FrontDoor, { stage }: DemoSection, section_id: number) {
  if (stage === 'graded so far') return
  await teacher('POST', `/sections/${section_id}/results/compute`)
  if (stage === 'draft') return
  await registrar('POST', '/results/publish', { section_id })
  if (stage === 'frozen') await registrar('POST', '/results/freeze', { section_id })
}
