import * as z from 'zod'
import { apart, date, id, lifecycle, line, optional, patchOf, pathId, percentage } from '#/platform/fields.ts'
import { attendanceStates } from '#/platform/words.ts'
import { AttendanceRule } from '#/catalog/course/index.ts'
import { sectionNamed } from '#/enrolling/section/index.ts'
import { said } from '#/platform/validation/said.ts'

const status = z.enum(attendanceStates)
const statusIn = z
  .string()
  .toLowerCase()
  .pipe(status)
  .meta({ description: 'present, absent, late or excused, in any case.', examples: ['present'] })
const day = date
  .optional()
  .meta({ description: 'Not in the future and inside the term. Left out: today, or as it was.' })
const period = z.int().min(1).max(24).default(1).meta({ description: 'Teaching hour of the day.' })
const note = optional(line(500))

export const AttendanceInput = z
  .strictObject({ section_id: id, student_id: id, date: day, period, status: statusIn, note })
  .meta({ id: 'AttendanceInput' })
export const AttendanceChanges = patchOf(AttendanceInput).meta({ id: 'AttendanceChanges' })
export const Attendance = z
  .object({
    id,
    section_id: id,
    student_id: id,
    date,
    period,
    status,
    note,
    recorded_by: id.nullable(),
    recorded_by_name: z.string().nullable(),
    student_number: z.string(),
    student_name: z.string(),
    section_number: z.string(),
    course_id: id,
    course_code: z.string(),
    course_title: z.string(),
    term_code: z.string(),
    carried_from: id.nullable().meta({ description: 'The record of another section that a transfer brought here.' }),
    ...lifecycle,
  })
  .meta({ id: 'Attendance' })

export const AttendanceRoster = z
  .strictObject({
    date: day,
    period,
    records: apart(
      z
        .array(z.strictObject({ student_id: id, status: statusIn, note }))
        .min(1)
        .max(2000),
      'student_id',
      ({ student_id }) => student_id,
    ),
  })
  .meta({ id: 'AttendanceRoster' })

const threshold = z
  .string()
  .regex(
    said(/^(?:100(?:\.0{1,2})?|\d{1,2}(?:\.\d{1,2})?)$/, {
      en: 'must be a percentage from 0 to 100 such as 75',
      el: 'πρέπει να είναι ποσοστό από 0 έως 100 όπως 75',
    }),
  )
  .optional()
  .meta({
    override: { type: 'number', minimum: 0, maximum: 100 },
    description: 'Percentage that is enough; that of the course by default.',
  })

export const OneStudent = z.strictObject({ student_id: pathId, section_id: pathId })
export const OneStudentThreshold = OneStudent.extend({ threshold })
export const OneSection = z.strictObject({ section_id: pathId, threshold })

const figures = {
  present: z.int(),
  absent: z.int(),
  late: z.int(),
  excused: z.int(),
  outside: z
    .int()
    .meta({ description: 'Records of days on which the student was not in the section; they count for nothing.' }),
  records: z.int().meta({ description: 'Without those.' }),
  percentage: percentage.meta({
    description:
      'By the rule of the course, rounded half up; 0 without a record, 100 when all are excused and left out.',
  }),
}
const rule = AttendanceRule

const ofOne = { student_id: id, student_number: z.string(), student_name: z.string(), section_id: id, ...sectionNamed }

export const AttendancePercentage = z.object({ ...ofOne, rule, ...figures }).meta({ id: 'AttendancePercentage' })
export const AttendanceEligibility = z
  .object({ ...ofOne, rule, ...figures, threshold: percentage, eligible: z.boolean() })
  .meta({ id: 'AttendanceEligibility' })
export const AttendanceSummary = z
  .object({
    section_id: id,
    ...sectionNamed,
    rule,
    threshold: percentage,
    totals: z
      .object({ ...figures, students: z.int(), eligible: z.int(), below_threshold: z.int() })
      .meta({ description: 'Of all students of the section together.' }),
    students: z.array(
      z.object({
        student_id: id,
        student_number: z.string(),
        student_name: z.string(),
        ...figures,
        eligible: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'AttendanceSummary' })
