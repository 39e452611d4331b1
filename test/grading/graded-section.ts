import { type Persona, testEnv, type World } from '../world.ts'

/** Points, a state that carries none, or no score at all. */
export type Mark = number | 'missing' | 'excused' | 'exempt' | null

interface Wish {
  /** Of each assessment; one of 100 by default. */
  weights?: readonly number[]
  /** A row for each student, a mark for each assessment; one student without a score by default. */
  marks?: readonly (readonly Mark[])[]
  /** Students to enroll instead of new ones, in the order of `marks`. */
  students?: readonly number[]
  /** Whether students see their scores. */
  released?: boolean
  /** Fields of a new course, unless `course_id` names one. */
  course?: object
  course_id?: number
  term_id?: number
}

export interface GradedSection {
  id: number
  teacher: Persona
  students: number[]
  assessments: number[]
}

/** A section with its teacher, its roster, its assessments (100 points each) and their scores. */
export async function gradedSection(w: World, wish: Wish = {}): Promise<GradedSection> {
  const { weights = [100], marks = [[]], released = false, course = {}, term_id } = wish
  const course_id = wish.course_id ?? (await w.course(course)).id
  const { id } = await w.section({ course_id, capacity: 200, ...(term_id && { term_id }) })
  const teacher = await w.teacher()
  await w.teach(id, teacher)
  const students = [...(wish.students ?? [])]
  while (students.length < marks.length) students.push((await w.student()).id)
  for (const student of students) await w.enroll(id, student)
  const assessments: number[] = []
  for (const weight of weights) assessments.push((await w.assessment(id, { weight, released })).id)
  const section = { id, teacher, students, assessments }
  await mark(w, section, marks)
  return section
}

/** Writes a row of marks for each student. */
export async function mark(w: World, section: GradedSection, marks: readonly (readonly Mark[])[]) {
  const scores = marks.flatMap((row, student) =>
    row.flatMap((one, work) => (one === null ? [] : [scoreOf(section, student, work, one)])),
  )
  if (scores.length === 0) return
  const { data, error } = await w.registrar.put(`/sections/${section.id}/gradebook`, { scores })
  if (data?.failed !== 0) throw new Error(`could not write the marks: ${JSON.stringify(error ?? data)}`)
}

/** An item of the gradebook, by the places of student and assessment. */
export const scoreOf = ({ students, assessments }: GradedSection, student: number, work: number, mark: Mark) => ({
  assessment_id: assessments[work]!,
  student_id: students[student]!,
  ...(typeof mark === 'number' ? { score: mark } : { score: null, state: mark ?? 'missing' }),
})

/** Ids of the draft results of a section, in the order of its students. */
export async function computed(w: World, section: GradedSection): Promise<number[]> {
  const { status, error } = await w.registrar.post(`/sections/${section.id}/results/compute`)
  if (status !== 200) throw new Error(`could not compute: ${JSON.stringify(error)}`)
  const { items } = (await w.registrar.get(`/results?section_id=${section.id}&page_size=200`)).data as Items
  return section.students.map((student) => items.find(({ student_id }) => student_id === student)!.id)
}

/** The same, published. */
export async function published(w: World, section: GradedSection): Promise<number[]> {
  const ids = await computed(w, section)
  const { status, error } = await w.registrar.post('/results/publish', { section_id: section.id })
  if (status !== 200) throw new Error(`could not publish: ${JSON.stringify(error)}`)
  return ids
}

/** A student's published result in a section of their own: one course taken once. */
export async function taken(w: World, student: number, percentage: number, place: Pick<Wish, 'course_id' | 'term_id'>) {
  const section = await gradedSection(w, { ...place, students: [student], marks: [[percentage]] })
  const [id] = await published(w, section)
  return id!
}

interface Items {
  items: { id: number; student_id: number }[]
}

/** Runs a statement behind the back of the API; rejects with the name of the constraint that refuses it. */
export const execute = (statement: string, ...values: (string | number | null)[]) =>
  testEnv.DB.prepare(statement)
    .bind(...values)
    .run()

/** One row, straight from the table. */
export async function rowOf<Row>(statement: string, ...values: (string | number)[]): Promise<Row> {
  const row = await testEnv.DB.prepare(statement)
    .bind(...values)
    .first<Row>()
  if (!row) throw new Error(`no row: ${statement}`)
  return row
}
