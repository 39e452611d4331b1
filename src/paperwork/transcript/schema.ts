import * as z from 'zod'
import { id, instant } from '#/platform/fields.ts'
import { documentLanguage } from '#/paperwork/official-document/schema.ts'

export const TranscriptIssue = z
  .object({
    id: z.string(),
    student_id: id,
    student_number: z.string(),
    student_name: z.string(),
    language: documentLanguage,
    digest: z.string(),
    issued_at: instant,
    expires_at: instant,
    revoked_at: instant.nullable(),
    superseded_at: instant.nullable().meta({ description: 'When the first of its grades was officially corrected.' }),
  })
  .meta({ id: 'TranscriptIssue' })

export const TranscriptWish = z
  .strictObject({
    language: documentLanguage.optional().meta({ description: 'Default: the language of Accept-Language.' }),
  })
  .meta({ id: 'TranscriptWish' })
