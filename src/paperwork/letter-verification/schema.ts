import * as z from 'zod'
import { date, instant } from '#/platform/fields.ts'
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

export type LetterVerification = z.output<typeof LetterVerification>

export const CertifiedLetter = z
  .object({
    type: z.enum(letterTypes),
    language: documentLanguage,
    institution: z.object({ en: z.string(), el: z.string() }),
    student: z.object({
      first_name: z.string().nullable(),
      last_name: z.string().nullable(),
      latin_name: z.string().nullable(),
      enrollment_date: date,
      study_year: z.int(),
    }),
    program: z.object({ code: z.string(), title: z.string(), title_el: z.string().nullable() }).nullable(),
    purpose: z.string().nullable().meta({ description: 'In the words of the student.' }),
    issued_at: instant,
    digest: z.string(),
  })
  .meta({ id: 'CertifiedLetter' })

export type CertifiedLetter = z.output<typeof CertifiedLetter>
