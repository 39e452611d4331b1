import * as z from 'zod'
import { id, instant, lifecycle } from '#/platform/fields.ts'

const swap = z.boolean().meta({
  description:
    'Whether the student waits beside a seat in another section of the course, which goes when this one comes. Refused without such a seat.',
})

export const WaitlistInput = z.strictObject({ student_id: id, swap: swap.default(false) }).meta({ id: 'WaitlistInput' })

export const WaitlistEntry = z
  .object({
    id,
    section_id: id,
    student_id: id,
    swap,
    position: z.int().meta({ description: 'Among those who wait, from 1.' }),
    skipped_at: instant.nullable().meta({ description: 'When a free seat last went to somebody behind.' }),
    skipped_reason: z.object({ code: z.string(), message: z.string() }).nullable().meta({
      description:
        'What stood in the way then; null for faculty, who learn only that it was so. The place in the list is kept.',
    }),
    student_number: z.string(),
    student_name: z.string(),
    section_number: z.string(),
    course_code: z.string(),
    term_code: z.string(),
    ...lifecycle,
  })
  .meta({ id: 'WaitlistEntry' })
