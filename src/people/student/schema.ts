import * as z from 'zod'
import {
  code,
  date,
  email,
  id,
  latinName,
  lifecycle,
  name,
  optional,
  patchOf,
  personal,
  phone,
  warned,
} from '#/platform/fields.ts'
import { studentStates } from '#/platform/words.ts'

const oneOfTwo = { description: 'Null where somebody has one name only; one of the two is given.' }

const inLatin = { description: 'The full name in Latin letters, as in a passport.' }
/** As rows of before have it, too: in any letters. */
export const shownLatinName = name(200).nullable().meta(inLatin)

/** Who somebody is, as a student and as an applicant. */
export const person = {
  first_name: optional(name(100)).meta(oneOfTwo),
  last_name: optional(name(100)).meta(oneOfTwo),
  latin_name: optional(latinName(200)).meta(inLatin),
  father_name: optional(name(100)),
  date_of_birth: optional(date),
  phone: optional(phone),
}

const fields = {
  student_number: code(30),
  ...person,
  email,
  program_id: optional(id),
  study_year: z.int().min(1).max(12).default(1),
  enrollment_date: date.optional().meta({ description: 'Not in the future. Default: today.' }),
  status: z.enum(studentStates.words).default('active'),
}

export const StudentInput = z.strictObject(fields).meta({ id: 'StudentInput' })
export const StudentChanges = patchOf(StudentInput).meta({ id: 'StudentChanges' })
export const Student = z
  .object({
    id,
    ...fields,
    latin_name: shownLatinName,
    father_name: personal(name(100)),
    date_of_birth: personal(date),
    phone: personal(phone),
    enrollment_date: date,
    ...lifecycle,
    program_code: z.string().nullable(),
  })
  .meta({ id: 'Student' })

export const ChangedStudent = Student.extend({
  ended: z
    .array(
      z.object({
        enrollment_id: id,
        section_id: id,
        section_number: z.string(),
        course_code: z.string(),
        status: z.enum(['dropped', 'withdrawn']),
      }),
    )
    .meta({
      description: 'The seats of open terms that ended with the new status, for on_leave, withdrawn and removed.',
    }),
}).meta({ id: 'ChangedStudent' })

/** The answer to a new one. */
export const CreatedStudent = Student.extend(warned).meta({ id: 'CreatedStudent' })
