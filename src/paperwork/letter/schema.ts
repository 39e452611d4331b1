import * as z from 'zod'
import { id, instant } from '#/platform/fields.ts'
import { documentLanguage } from '#/paperwork/official-document/schema.ts'
import { letterTypes } from '#/platform/words.ts'

export const Letter = z
  .object({
    id: z.string().meta({ description: 'Printed on the letter.' }),
    request_id: id,
    type: z.enum(letterTypes),
    language: documentLanguage,
    digest: z.string(),
    issued_at: instant,
    expires_at: instant,
    revoked_at: instant.nullable(),
  })
  .meta({ id: 'Letter' })
