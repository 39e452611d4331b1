import * as z from 'zod'
import { id, instant, lifecycle, lines, optional, patchOf } from '#/platform/fields.ts'
import { person, shownLatinName } from '#/people/student/index.ts'
import { applicationStates } from '#/platform/words.ts'

const fields = {
  program_id: id,
  term_id: id.meta({ description: 'The term in which the studies are to begin.' }),
  ...person,
  statement: optional(lines(10_000)).meta({ description: 'Why this program.' }),
}

export const ApplicationInput = z
  .strictObject({
    user_id: id.optional().meta({ description: 'The account that applies. Default: the own one. Fixed from then on.' }),
    ...fields,
  })
  .meta({ id: 'ApplicationInput' })

export const ApplicationChanges = patchOf(ApplicationInput).meta({ id: 'ApplicationChanges' })

export const ApplicationDecision = z
  .strictObject({ note: optional(lines(2000)).meta({ description: 'Reason or conditions. The applicant reads it.' }) })
  .meta({ id: 'ApplicationDecision' })

export const Application = z
  .object({
    id,
    user_id: id,
    account_name: z.string().nullable(),
    program_code: z.string().nullable(),
    program_title: z.string().nullable(),
    program_title_el: z.string().nullable(),
    term_code: z.string().nullable(),
    email: z.string().nullable().meta({ description: 'Of the account; null when that was closed.' }),
    email_verified_at: instant
      .nullable()
      .meta({ description: 'When the account proved this e-mail. Null: not yet, or the account was closed.' }),
    ...fields,
    latin_name: shownLatinName,
    status: z.enum(applicationStates.words),
    submitted_at: instant.nullable(),
    note: z.string().nullable().meta({ description: 'What the latest decision said.' }),
    decided_by: id.nullable(),
    decided_by_name: z.string().nullable(),
    decided_at: instant.nullable(),
    student_id: id.nullable().meta({ description: 'The student that the applicant has become.' }),
    student_number: z.string().nullable(),
    ...lifecycle,
  })
  .meta({ id: 'Application' })
