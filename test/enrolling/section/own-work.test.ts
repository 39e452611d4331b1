import { beforeAll, expect, test } from 'vitest'
import { refusal } from '../../call.ts'
import { computed, type GradedSection, gradedSection } from '../../grading/graded-section.ts'
import { past, underWay } from '../../under-way.ts'
import { type World, world } from '../../world.ts'

let w: World
/** Of the first somebody else is a teacher, too. */
let [mine, other]: GradedSection[] = []
beforeAll(async () => {
  w = await world()
  const { id: term_id } = await w.term(underWay)
  ;[mine, other] = [
    await gradedSection(w, { marks: [[80]], term_id }),
    await gradedSection(w, { marks: [[70]], term_id }),
  ]
  for (const section of [mine, other]) {
    await computed(w, section)
    await w.category(section.id)
    const record = { section_id: section.id, student_id: section.students[0]!, date: past, status: 'present' }
    await section.teacher.post('/attendance', record)
  }
  await w.teach(mine.id, mine.teacher, other.teacher)
})

const lists = [
  '/enrollments',
  '/attendance',
  '/assessments',
  '/assessment-scores',
  '/assessment-categories',
  '/results',
] as const

test.each(lists)('%s is narrowed to what a teacher teaches', async (path) => {
  const sectionsIn = async (query: string, by: Pick<World['registrar'], 'get'> = w.registrar) => {
    const { items } = (await by.get(`${path}?page_size=200&${query}` as '/enrollments?')).data
    const rows = items as { section_id?: number; student_id?: number }[]
    const ids = rows.map(({ section_id, student_id }) => section_id ?? sectionOf(student_id!))
    return [...new Set(ids)].toSorted((a, b) => a - b)
  }
  const both = [mine!.id, other!.id]
  expect(await sectionsIn(`instructor_id=${mine!.teacher.userId}`)).toEqual([mine!.id])
  expect(await sectionsIn(`instructor_id=${other!.teacher.userId}`)).toEqual(both)
  expect(await sectionsIn(`instructor_id__in=${mine!.teacher.userId},999999`)).toEqual([mine!.id])
  expect(await sectionsIn('taught_by=me', mine!.teacher)).toEqual([mine!.id])
  expect(await sectionsIn('taught_by=me')).toEqual([])
  expect(await sectionsIn(`taught_by=me&instructor_id=${mine!.teacher.userId}`, other!.teacher)).toEqual([mine!.id])
  expect(refusal(await w.registrar.get(`${path}?taught_by=5` as '/enrollments?'))).toEqual([422, 'VALIDATION_ERROR'])
})

const sectionOf = (student: number) => (mine!.students.includes(student) ? mine!.id : other!.id)
