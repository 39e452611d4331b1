import * as z from 'zod'
import { code, id, instant, instantIn, lifecycle, line, optional, exactlyOneOf } from '#/platform/fields.ts'

/** What an override can let pass. A full section and a closed term are not among them. */
const check = z.enum([
  'ENROLLMENT_WINDOW_CLOSED',
  'HOLD',
  'PREREQUISITE_NOT_MET',
  'COREQUISITE_MISSING',
  'SCHEDULE_CONFLICT',
  'CREDIT_LIMIT',
  'STUDENT_NOT_ACTIVE',
])

export type OverrideCheck = z.output<typeof check>

const fields = {
  check,
  section_id: optional(id),
  course_id: optional(id).meta({ description: 'All sections of the course.' }),
  term_id: optional(id).meta({ description: 'All sections of the term.' }),
  reason_code: code(40).meta({ description: 'A word of the institution, such as `transfer-credit`.' }),
  note: optional(line(500)),
}

export const OverrideInput = exactlyOneOf(
  z.strictObject({
    ...fields,
    expires_at: optional(instantIn).meta({ description: 'Holds until then; without end when absent.' }),
  }),
  ['section_id', 'course_id', 'term_id'],
).meta({ id: 'OverrideInput' })

export const Override = z
  .object({
    id,
    student_id: id,
    student_number: z.string().nullable(),
    student_name: z.string().nullable(),
    ...fields,
    section_number: z.string().nullable(),
    course_code: z.string().nullable(),
    term_code: z.string().nullable(),
    granted_by: id.nullable(),
    granted_by_name: z.string().nullable(),
    expires_at: instant.nullable(),
    revoked_at: instant.nullable(),
    revoked_by: id.nullable(),
    revoked_by_name: z.string().nullable(),
    ...lifecycle,
  })
  .meta({ id: 'Override' })
