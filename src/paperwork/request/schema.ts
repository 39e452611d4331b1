import * as z from 'zod'
import { id, instant, lifecycle, lines, optional, patchOf } from '#/platform/fields.ts'
import { documentLanguage as language } from '#/paperwork/official-document/schema.ts'
import { requestStates, requestTypes } from '#/platform/words.ts'

const type = z.enum(requestTypes)
const status = z.enum(requestStates.words)

export const RequestInput = z
  .strictObject({
    student_id: id.optional().meta({ description: 'Default: the student who asks. Fixed once the request is filed.' }),
    type,
    details: optional(lines(2000)).meta({ description: 'What it is for, and whom it is addressed to.' }),
    language: language.optional().meta({ description: 'Of the document. Default: the language of Accept-Language.' }),
  })
  .meta({ id: 'RequestInput' })

export const RequestChanges = patchOf(RequestInput).meta({ id: 'RequestChanges' })

export const RequestTransition = z
  .strictObject({ status, notes: optional(lines(2000)).meta({ description: 'The student reads them.' }) })
  .meta({ id: 'RequestTransition' })

export const ServiceRequest = z
  .object({
    id,
    student_id: id,
    student_number: z.string(),
    student_name: z.string(),
    type,
    details: z.string().nullable(),
    language,
    status,
    notes: z.string().nullable(),
    processed_by: id.nullable().meta({ description: 'The account that decided.' }),
    processed_by_name: z.string().nullable(),
    processed_at: instant.nullable(),
    letter_id: z.string().nullable().meta({ description: 'The signed letter of an approved request for one.' }),
    job_id: z.string().nullable().meta({ description: 'The transcript job of an approved transcript request.' }),
    ...lifecycle,
  })
  .meta({ id: 'ServiceRequest' })
