import { beforeAll, describe, expect, test } from 'vitest'
import { studentsNamed } from '../named.ts'
import { refusal } from '../../call.ts'
import { csv, importFile, problems } from '../../exchange/import/files.ts'
import { type World, world } from '../../world.ts'
import { computed, execute, type GradedSection, mark, published } from '../graded-section.ts'
import { attend, attendedSection, days, type Status } from './attended.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

/** Exams 80 percent, of which the student has 70, and attendance 20. */
async function given(statuses: readonly Status[], course: object = {}) {
  const section = await attendedSection(w, { weights: [], marks: [[]], course })
  const exams = await w.category(section.id, { name: 'exams', weight: 80 })
  const there = await w.category(section.id, { name: 'attendance', kind: 'attendance', weight: 20, drop_lowest: 3 })
  section.assessments.push((await w.assessment(section.id, { category_id: exams.id, weight: 100 })).id)
  await mark(w, section, [[70]])
  await attend(section.teacher, section.id, section.students[0]!, statuses)
  return { ...section, section, there }
}

const gradePath = ({ id, students }: GradedSection) => `/students/${students[0]!}/sections/${id}/final-grade` as const
const gradeOf = async (section: GradedSection) => (await section.teacher.get(gradePath(section))).data

describe('a category of attendance', () => {
  test('is what the attendance comes to, in grade, breakdown, gradebook and result', async () => {
    const of = await given(days(3, 1))
    const data = await gradeOf(of)
    expect(data).toMatchObject({
      type: 'final',
      weight_assessed: 100,
      current: { percentage: 71 },
      final: { percentage: 71 },
    })
    expect(data.categories).toEqual([
      { name: 'exams', weight: 80, average: 70 },
      { name: 'attendance', weight: 20, average: 75 },
    ])
    const share = { weight: 20, contribution: 15, dropped: false }
    expect(data.breakdown[1]).toEqual({
      assessment_id: null,
      title: 'attendance',
      category: 'attendance',
      state: 'graded',
      score: 75,
      max_score: 100,
      percentage: 75,
      ...share,
      current: share,
    })
    const { categories, students } = (await of.teacher.get(`/sections/${of.id}/gradebook`)).data
    expect(categories.map(({ kind }) => kind)).toEqual(['assessments', 'attendance'])
    expect(students).toMatchObject([{ attendance: 75, final: { percentage: 71 } }])
    const [id] = await published(w, of.section)
    expect((await w.registrar.get(`/results/${id}`)).data).toMatchObject({ state: 'published', percentage: 71 })
  })

  test.each<[Status[], object, number]>([
    [days(1, 1, 'late', 'excused'), {}, 66.67],
    [days(1, 1, 'late', 'excused'), { late_counts: 50, excused: 'absent' }, 37.5],
    [days(1, 1, 'late', 'excused'), { late_counts: 50, excused: 'present' }, 62.5],
    [['excused', 'excused'], {}, 100],
    [days(0, 2), {}, 0],
  ])('%j by the rule %j is %d', async (statuses, attendance_rule, percentage) => {
    const of = await given(statuses, { attendance_rule })
    const asked = `/attendance/percentage?student_id=${of.students[0]!}&section_id=${of.id}` as const
    expect((await of.teacher.get(asked)).data.percentage).toBe(percentage)
    expect((await gradeOf(of)).categories[1]!.average).toBe(percentage)
  })

  test('is rounded with the whole grade alone: 2 of 3 are 69.33, not 69.33 and a bit', async () => {
    expect((await gradeOf(await given(days(2, 1)))).final.percentage).toBe(69.33)
  })

  test('without a record is missing: left out of the current figure, nothing in the final one', async () => {
    const data = await gradeOf(await given([]))
    expect(data).toMatchObject({
      type: 'current',
      weight_assessed: 80,
      current: { percentage: 70 },
      final: { percentage: 56 },
    })
    expect(data.categories[1]).toEqual({ name: 'attendance', weight: 20, average: null })
    expect(data.breakdown[1]).toMatchObject({ assessment_id: null, state: 'missing', score: null, percentage: null })
  })

  test('counts no day on which the student was not in the section, and costs what absences cost besides', async () => {
    const of = await given(['absent', 'present'], { absence_penalty: 1 })
    expect((await gradeOf(of)).final.percentage).toBe(65)
    await execute("update enrollment set member_from = '2025-10-02' where section_id = ?", of.id)
    expect((await gradeOf(of)).final.percentage).toBe(76)
  })

  test('is seen by the student at once, as attendance is', async () => {
    const of = await given([])
    const student = await w.studentPersona()
    await w.enroll(of.id, student.studentId!)
    await attend(of.teacher, of.id, student.studentId!, days(1, 1))
    const { data } = await student.get(`/students/${student.studentId!}/sections/${of.id}/final-grade`)
    expect(data).toMatchObject({ current: { percentage: 50 }, weight_assessed: 20 })
  })

  test('outdates the draft of whose attendance changes', async () => {
    const of = await given(days(3, 1))
    await computed(w, of.section)
    const [record] = (await w.registrar.get(`/attendance?section_id=${of.id}`)).data.items
    await w.registrar.patch(`/attendance/${record!.id}`, { status: 'absent' })
    const answer = await w.registrar.post('/results/publish', { section_id: of.id })
    expect([...refusal(answer), answer.error?.details]).toEqual([
      409,
      'RESULTS_OUTDATED',
      { count: 1, student_ids: of.students, students: await studentsNamed(w, of.students) },
    ])
  })

  test('can be all that a section is graded by; who has no record is named', async () => {
    const section = await attendedSection(w, { weights: [], marks: [[], []] })
    await w.category(section.id, { kind: 'attendance', weight: 100 })
    await attend(section.teacher, section.id, section.students[0]!, days(9, 1))
    const { data } = await section.teacher.post(`/sections/${section.id}/results/compute`)
    expect(data.without_score).toMatchObject({ count: 1, students: [{ student_id: section.students[1] }] })
    const { results } = (await w.registrar.post('/results/publish', { section_id: section.id })).data
    expect(results.map(({ percentage }) => percentage).toSorted()).toEqual([0, 90])
  })

  test('takes no assessments, made there, moved or imported', async () => {
    const of = await given([])
    const fields = { section_id: of.id, type: 'quiz', title: 'Quiz', category_id: of.there.id }
    const made = await w.registrar.post('/assessments', fields)
    const moved = await w.registrar.patch(`/assessments/${of.assessments[0]}`, { category_id: of.there.id })
    for (const answer of [made, moved])
      expect([...refusal(answer), answer.error?.message]).toEqual([
        400,
        'CATEGORY_IS_ATTENDANCE',
        'This category is the attendance of the students and takes no assessments. Choose another category.',
      ])
    const { course_code, term_code, number } = (await w.registrar.get(`/sections/${of.id}`)).data
    const row = { course_code, term_code, section_number: number, title: 'Quiz', type: 'quiz', weight: 1 }
    const file = csv([{ ...row, category_name: 'attendance' }])
    expect(problems(await importFile(w.registrar, 'assessments', file))).toEqual([
      [2, 'category_name', 'CATEGORY_IS_ATTENDANCE'],
    ])
  })

  test('stays of its kind; a PUT that does not say it keeps it', async () => {
    const of = await given([])
    const path = `/assessment-categories/${of.there.id}` as const
    expect(of.there).toMatchObject({ kind: 'attendance' })
    for (const answer of [
      await w.registrar.patch(path, { kind: 'assessments' }),
      await w.registrar.put(path, { section_id: of.id, name: 'There', weight: 20, kind: 'assessments' }),
    ])
      expect(refusal(answer)).toEqual([400, 'CATEGORY_KIND_FIXED'])
    await expect(
      execute("update assessment_category set kind = 'assessments' where id = ?", of.there.id),
    ).rejects.toThrow('category_kind_stays')
    const { data } = await w.registrar.put(path, { section_id: of.id, name: 'There', weight: 20 })
    expect(data).toMatchObject({ name: 'There', kind: 'attendance' })
    const found = (await w.registrar.get(`/assessment-categories?section_id=${of.id}&kind=attendance`)).data.items
    expect(found.map(({ id }) => id)).toEqual([of.there.id])
  })

  test('comes with a section from the evaluation rules of its course', async () => {
    const { id } = await w.course()
    const rules = [
      { name: 'Exams', weight: 90 },
      { name: 'Attendance', name_el: 'Παρουσίες', weight: 10, kind: 'attendance' },
    ]
    const { data } = await w.registrar.put(`/courses/${id}/evaluation-rules`, { rules })
    expect(data.rules.map(({ kind }) => kind)).toEqual(['assessments', 'attendance'])
    expect((await w.registrar.get(`/courses/${id}/evaluation-rules`)).data).toEqual(data)
    const section = await w.section({ course_id: id })
    const { items } = (await w.registrar.get(`/assessment-categories?section_id=${section.id}`)).data
    expect(items.map(({ name, kind }) => [name, kind])).toEqual([
      ['Exams', 'assessments'],
      ['Attendance', 'attendance'],
    ])
  })
})
