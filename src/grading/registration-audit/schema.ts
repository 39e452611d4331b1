import * as z from 'zod'
import { id, instant } from '#/platform/fields.ts'

/** A seat whose prerequisite was in progress when it was given, and was not passed. */
export const RegistrationAuditRow = z
  .object({
    id: id.meta({ description: 'Of the enrollment.' }),
    student_id: id,
    student_number: z.string(),
    student_name: z.string(),
    section_id: id,
    section_number: z.string(),
    course_code: z.string(),
    course_title: z.string(),
    enrolled_at: instant,
    failed_prerequisites: z.string().meta({ description: 'Codes of the courses, separated by commas.' }),
  })
  .meta({ id: 'RegistrationAuditRow' })
