import * as z from 'zod'
import { code, credits, id, lifecycle, line, optional, patchOf, percentage } from '../../fields.ts'

const fields = {
  code: z.string().trim().toUpperCase().pipe(code(20)),
  title: line(200),
  title_el: optional(line(200)),
  credits: credits.meta({ description: 'ECTS, one decimal.' }),
  program_id: optional(id),
  absence_penalty: percentage
    .default(0)
    .meta({ description: 'Percentage points taken off the grade for each absence.' }),
}

export const CourseInput = z.strictObject(fields).meta({ id: 'CourseInput' })
export const CourseChanges = patchOf(CourseInput).meta({ id: 'CourseChanges' })
export const Course = z.object({ id, ...fields, ...lifecycle }).meta({ id: 'Course' })

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
