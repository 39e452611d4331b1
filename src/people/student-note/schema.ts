import * as z from 'zod'
import { id, instant, lines } from '#/platform/fields.ts'

export const StudentNoteInput = z.strictObject({ text: lines(4000) }).meta({ id: 'StudentNoteInput' })

export const StudentNote = z
  .object({
    id,
    student_id: id,
    student_number: z.string().nullable(),
    student_name: z.string().nullable(),
    text: z.string(),
    author_id: id,
    author_name: z.string().nullable(),
    created_at: instant,
  })
  .meta({ id: 'StudentNote' })
