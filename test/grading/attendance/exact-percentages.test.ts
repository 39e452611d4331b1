import { beforeAll, expect, test } from 'vitest'
import figures from '../../exact-figures.json'
import { type World, world } from '../../world.ts'
import { attend, attendedSection, days, type Status } from './attended.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

interface Row {
  present: number
  late: number
  excused: number
  absent: number
  late_counts?: number
  excused_rule?: string
  minimum?: number
  percentage: number
  eligible: boolean
}

test.each(figures.attendance as Row[])('%j', async (row) => {
  const { present, late, excused, absent, late_counts = 100, excused_rule = 'left_out', minimum = 75 } = row
  const rule = { late_counts, excused: excused_rule, minimum }
  const course = await w.course({ attendance_rule: rule })
  const { id, students, teacher } = await attendedSection(w, { course_id: course.id, marks: [[80]] })
  const so = (many: number, status: Status) => Array.from({ length: many }, () => status)
  const all = days(present, absent, ...so(late, 'late'), ...so(excused, 'excused'))
  if (all.length > 0) await attend(teacher, id, students[0]!, all)
  const { data } = await teacher.get(`/attendance/eligibility?section_id=${id}&student_id=${students[0]}`)
  expect([data.percentage, data.eligible]).toEqual([row.percentage, row.eligible])
})
