import * as z from 'zod'
import { id, instant } from '#/platform/fields.ts'
import { documentLanguage, verified } from '#/paperwork/official-document/schema.ts'
import { letterTypes } from '#/platform/words.ts'

export const LetterVerification = z
  .object({
    valid: z.boolean(),
    reason: z.enum(['valid', 'expired', 'tampered', 'unknown', 'revoked']),
    type: z.enum(letterTypes).nullable(),
    ...verified,
    digest: z.string().nullable().meta({ description: 'SHA-256 of the facts, as printed on the letter.' }),
  })
  .meta({ id: 'LetterVerification' })

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

export type LetterVerification = z.output<typeof LetterVerification>
