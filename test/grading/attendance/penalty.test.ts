import { beforeAll, describe, expect, test } from 'vitest'
import { type World, world } from '../../world.ts'
import { computed, type GradedSection, published } from '../graded-section.ts'
import { attend, attendedSection, days, type Status } from './attended.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

/** 30 x 85 + 30 x 70 + 40 x 85 = 80.50, and a course that takes off so much for each absence. */
async function given(statuses: Status[], absence_penalty = 2) {
  const section = await attendedSection(w, {
    weights: [30, 30, 40],
    marks: [[85, 70, 85]],
    course: { absence_penalty },
  })
  await attend(section.teacher, section.id, section.students[0]!, statuses)
  return section
}

const gradePath = ({ id, students }: GradedSection) => `/students/${students[0]!}/sections/${id}/final-grade` as const

async function gradeWith(statuses: Status[], absence_penalty?: number) {
  const section = await given(statuses, absence_penalty)
  const { data } = await section.teacher.get(gradePath(section))
  return [data.absences, data.absence_deduction, data.current.percentage, data.final.percentage, data.final.letter]
}

describe('the penalty for absences', () => {
  test('of 2 takes 2 off for one absence', async () => {
    expect(await gradeWith(['absent'])).toEqual([1, 2, 78.5, 78.5, 'B'])
  })

  test('counts every absence, and 1.25 exactly', async () => {
    expect(await gradeWith(days(4, 3), 1.25)).toEqual([3, 3.75, 76.75, 76.75, 'B'])
  })

  test('lets late, excused and present cost nothing', async () => {
    expect(await gradeWith(['late', 'excused', 'present', 'late'])).toEqual([0, 0, 80.5, 80.5, 'B+'])
  })

  test('of 0 takes nothing off', async () => {
    expect(await gradeWith(days(0, 5), 0)).toEqual([5, 0, 80.5, 80.5, 'B+'])
  })

  test('never goes below 0', async () => {
    expect(await gradeWith(days(0, 3), 50)).toEqual([3, 150, 0, 0, 'F'])
  })

  test('goes when the record becomes excused or is deleted', async () => {
    const section = await given(days(0, 2))
    const [first, second] = (await section.teacher.get(`/attendance?section_id=${section.id}`)).data.items
    await section.teacher.patch(`/attendance/${first!.id}`, { status: 'excused' })
    expect((await section.teacher.get(gradePath(section))).data.final.percentage).toBe(78.5)
    await section.teacher.delete(`/attendance/${second!.id}`)
    expect((await section.teacher.get(gradePath(section))).data.final.percentage).toBe(80.5)
    await section.teacher.post(`/attendance/${second!.id}/restore`)
    expect((await section.teacher.get(gradePath(section))).data.final.percentage).toBe(78.5)
  })

  test('is each student’s own, in this section only', async () => {
    const students = [(await w.student()).id, (await w.student()).id]
    const wish = { students, marks: [[80], [80]], course: { absence_penalty: 2 } }
    const [section, other] = [await attendedSection(w, wish), await attendedSection(w, wish)]
    await attend(section.teacher, section.id, students[0]!, days(1, 1))
    await attend(other.teacher, other.id, students[1]!, days(0, 4))
    const grades = (await section.teacher.get(`/sections/${section.id}/final-grades`)).data.grades
    const finals = grades.map((one: { student_id: number; final: { percentage: number } }) => [
      one.student_id,
      one.final.percentage,
    ])
    expect(finals.toSorted()).toEqual([
      [students[0], 78],
      [students[1], 80],
    ])
    const book = (await section.teacher.get(`/sections/${section.id}/gradebook`)).data.students
    expect(book.map(({ final }) => final?.percentage).toSorted()).toEqual([78, 80])
  })

  test('reaches results when they are computed, and leaves published ones alone', async () => {
    const section = await given(['absent'])
    const [id] = await computed(w, section)
    expect((await w.registrar.get(`/results/${id}`)).data).toMatchObject({ percentage: 78.5, letter: 'B' })
    const [record] = (await section.teacher.get(`/attendance?section_id=${section.id}`)).data.items
    await section.teacher.patch(`/attendance/${record!.id}`, { status: 'late' })
    await published(w, section)
    expect((await w.registrar.get(`/results/${id}`)).data).toMatchObject({ percentage: 80.5, letter: 'B+' })
    await section.teacher.patch(`/attendance/${record!.id}`, { status: 'absent' })
    await computed(w, section)
    expect((await w.registrar.get(`/results/${id}`)).data).toMatchObject({ percentage: 80.5, state: 'published' })
  })

  test('costs no further round trip', async () => {
    const section = await given(['absent'])
    for (const path of [`/sections/${section.id}/gradebook`, gradePath(section)])
      expect((await section.teacher.get(path)).headers.get('server-timing')).toContain('in 1 round trips')
  })
})
