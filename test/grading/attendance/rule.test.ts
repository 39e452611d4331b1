import { beforeAll, describe, expect, test } from 'vitest'
import { badFields, refusal } from '../../call.ts'
import { type World, world } from '../../world.ts'
import { counts, importFile } from '../../exchange/import/files.ts'
import { textOf } from '../../exchange/export/downloaded.ts'
import { execute, type GradedSection } from '../graded-section.ts'
import { attend, attendedSection, days } from './attended.ts'

/** Seven present, one late, two excused, so that each part of the rule shows; then one who was only excused, and one without a record. */
let w: World
let section: GradedSection
let course: number
beforeAll(async () => {
  w = await world()
  course = (await w.course({ absence_penalty: 2 })).id
  section = await attendedSection(w, { course_id: course, marks: [[80], [80], [80]] })
  await attend(section.teacher, section.id, section.students[0]!, days(7, 0, 'late', 'excused', 'excused'))
  await attend(section.teacher, section.id, section.students[1]!, days(0, 0, 'excused', 'excused'))
})

const ruled = async (attendance_rule: object) => {
  const { data, error } = await w.registrar.patch(`/courses/${course}`, { attendance_rule })
  expect(error).toBeNull()
  return data.attendance_rule
}
const eligibility = async (place: number, more = '') => {
  const path = `/attendance/eligibility?section_id=${section.id}&student_id=${section.students[place]}` as const
  const { data } = await section.teacher.get(`${path}${more}`)
  return [data.percentage, data.eligible]
}
const usual = { late_counts: 100, excused: 'left_out', minimum: 75 }

describe('the rule of a course', () => {
  test('leaves excused absences out and takes late for present, where nothing is said', async () => {
    expect((await w.registrar.get(`/courses/${course}`)).data.attendance_rule).toEqual(usual)
    expect([await eligibility(0), await eligibility(1), await eligibility(2)]).toEqual([
      [100, true],
      [100, true],
      [0, false],
    ])
    expect(await eligibility(2, '&threshold=0')).toEqual([0, false])
  })

  test.each([
    [{ late_counts: 50 }, [93.75, true], [100, true]],
    [{ late_counts: 33.33 }, [91.67, true], [100, true]],
    [{ late_counts: 0, excused: 'present' }, [90, true], [100, true]],
    [{ late_counts: 0, excused: 'absent', minimum: 70 }, [70, true], [0, false]],
    [{ late_counts: 0, excused: 'absent', minimum: 70.01 }, [70, false], [0, false]],
    [{ late_counts: 100, excused: 'absent', minimum: 0 }, [80, true], [0, true]],
  ])('%j makes %j, and of who is only excused %j', async (rule, first, excused) => {
    expect(await ruled({ ...usual, ...rule })).toEqual({ ...usual, ...rule })
    expect([await eligibility(0), await eligibility(1)]).toEqual([first, excused])
  })

  test('is what its minimum is to eligibility, summary, record and the cost of absences', async () => {
    await ruled({ late_counts: 0, excused: 'absent', minimum: 75 })
    const { data } = await section.teacher.get(`/attendance/section-summary?section_id=${section.id}`)
    expect([data.rule.excused, data.threshold]).toEqual(['absent', 75])
    expect(data.totals).toMatchObject({ students: 3, eligible: 0, below_threshold: 3, percentage: 58.33 })
    const { data: record } = await w.registrar.get(`/students/${section.students[0]!}/record`)
    expect(record.terms[0]!.sections[0]!.attendance).toMatchObject({ percentage: 70, eligible: false })
    const path = `/students/${section.students[0]!}/sections/${section.id}/final-grade` as const
    const cost = async () => {
      const { absences, absence_deduction, final } = (await section.teacher.get(path)).data
      return [absences, absence_deduction, final.percentage]
    }
    expect(await cost()).toEqual([2, 4, 76])
    await ruled({ excused: 'left_out' })
    expect(await cost()).toEqual([0, 0, 80])
  })

  test('changes by what is given; replaced, it is as usual where nothing is said', async () => {
    await ruled({ late_counts: 40, excused: 'present', minimum: 60.5 })
    expect(await ruled({ minimum: 80 })).toEqual({ late_counts: 40, excused: 'present', minimum: 80 })
    const { code, title, credits } = (await w.registrar.get(`/courses/${course}`)).data
    const { data } = await w.registrar.put(`/courses/${course}`, {
      code,
      title,
      credits,
      attendance_rule: { minimum: 50 },
    })
    expect(data.attendance_rule).toEqual({ ...usual, minimum: 50 })
  })

  test('is checked by the API and by the database', async () => {
    const answer = await w.registrar.patch(`/courses/${course}`, {
      attendance_rule: { late_counts: 101, excused: 'late', minimum: 75.125, more: 1 },
    })
    expect([...refusal(answer), badFields(answer).toSorted()]).toEqual([
      422,
      'VALIDATION_ERROR',
      ['excused', 'late_counts', 'minimum', 'more'].map((field) => `body.attendance_rule.${field}`),
    ])
    for (const rule of [
      '{}',
      '{"late_counts":101,"excused":"absent","minimum":1}',
      '[',
      '{"late_counts":1,"minimum":1}',
    ])
      await expect(execute('update course set attendance_rule = ? where id = ?', rule, course)).rejects.toThrow(
        /course_attendance_rule_json|malformed JSON/,
      )
  })

  test('comes and goes by files', async () => {
    await ruled({ late_counts: 40, excused: 'present', minimum: 60.5 })
    const { code } = (await w.registrar.get(`/courses/${course}`)).data
    const file = await textOf(await w.registrar.get(`/exports/courses.csv?code=${code}`))
    expect(counts(await importFile(w.registrar, 'courses', file))).toEqual([0, 0, 1, 0])
    const changed = file.replace('""minimum"":60.5', '""minimum"":70')
    expect(counts(await importFile(w.registrar, 'courses', changed))).toEqual([0, 1, 0, 0])
    const rows = `code,title,credits,attendance_rule\n${code}-2,Two,5,"{""excused"":""absent""}"\n${code}-3,Three,5,\n`
    expect(counts(await importFile(w.registrar, 'courses', rows))).toEqual([2, 0, 0, 0])
    const { items } = (await w.registrar.get(`/courses?code__in=${code},${code}-2,${code}-3`)).data
    expect(items.map(({ attendance_rule }) => attendance_rule)).toEqual([
      { late_counts: 40, excused: 'present', minimum: 70 },
      { ...usual, excused: 'absent' },
      usual,
    ])
  })
})
