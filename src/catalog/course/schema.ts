import * as z from 'zod'
import {
  apart,
  code,
  credits,
  id,
  instant,
  lifecycle,
  line,
  optional,
  patchOf,
  percentage,
  warned,
} from '#/platform/fields.ts'
import { aggregations, categoryKinds, excusedCounts } from '#/platform/words.ts'

/** How attendance counts in the sections of a course. */
export const AttendanceRule = z
  .strictObject({
    late_counts: percentage.default(100).meta({ description: 'Percent of a presence that a late arrival is.' }),
    excused: z
      .enum(excusedCounts)
      .default('left_out')
      .meta({ description: 'What an excused absence is: left out of the count, or one of the others.' }),
    minimum: percentage.default(75).meta({ description: 'Percentage that is enough.' }),
  })
  .meta({ id: 'AttendanceRule' })
export type AttendanceRule = z.output<typeof AttendanceRule>
export const usualRule = AttendanceRule.parse({})

const fields = {
  code: code(20),
  title: line(200),
  title_el: optional(line(200)),
  credits: credits.meta({ description: 'ECTS, one decimal.' }),
  program_id: optional(id),
  absence_penalty: percentage
    .default(0)
    .meta({ description: 'Percentage points taken off the grade for each absence.' }),
  attendance_rule: AttendanceRule.default(usualRule).meta({
    description: '(present + late x late_counts / 100) / counted, as `excused` says what is counted.',
  }),
}

export const CourseInput = z.strictObject(fields).meta({ id: 'CourseInput' })
export const CourseChanges = patchOf(CourseInput)
  .extend({ attendance_rule: patchOf(AttendanceRule).optional() })
  .meta({ id: 'CourseChanges' })
export const Course = z
  .object({
    id,
    ...fields,
    archived_at: instant.nullable().meta({ description: 'Since when it takes no new sections.' }),
    ...lifecycle,
    program_code: z.string().nullable(),
  })
  .meta({ id: 'Course' })

/** The answer to a new one. */
export const CreatedCourse = Course.extend(warned).meta({ id: 'CreatedCourse' })

/** The answer to a change. */
export const ChangedCourse = Course.extend({
  sections_updated: z.array(z.object({ section_id: id, term_id: id, number: z.string() })).meta({
    description: 'The sections that are called or worth otherwise since, as nobody has had a seat in them.',
  }),
}).meta({ id: 'ChangedCourse' })

const group = z.strictObject({
  any_of: z
    .array(
      z.strictObject({
        course_id: id,
        minimum_percentage: optional(percentage).meta({ description: 'Beyond having passed.' }),
      }),
    )
    .min(1)
    .max(10),
})

/** Every group must be met; a group is met by any of its courses. */
export const Requirements = z
  .strictObject({ prerequisites: z.array(group).max(10).default([]), corequisites: z.array(group).max(10).default([]) })
  .meta({ id: 'Requirements' })

export type Requirements = z.output<typeof Requirements>

const rule = z.strictObject({
  name: line(100),
  name_el: optional(line(100)),
  weight: percentage.meta({ description: 'Percent of the grade; the rules of a course total at most 100.' }),
  aggregation: z.enum(aggregations).default('weighted'),
  drop_lowest: z.int().min(0).max(1000).default(0),
  kind: z.enum(categoryKinds).default('assessments'),
})

/** What the assessment categories of a new section are made of. */
export const EvaluationRules = z
  .strictObject({ rules: apart(z.array(rule).max(20), 'name', ({ name }) => name) })
  .meta({ id: 'EvaluationRules' })

export type EvaluationRules = z.output<typeof EvaluationRules>
