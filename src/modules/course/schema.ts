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
