import * as z from 'zod'
import { id, instant } from '#/platform/fields.ts'
import { languages } from '#/platform/words.ts'

export const transcriptLanguage = z.enum(languages)

/** What the verification of any official document tells. */
export const verified = {
  institution: z.object({ en: z.string(), el: z.string() }),
  holder: z
    .object({
      initials: z.string(),
      student_number: z.string().meta({ description: 'All but the last digits masked.' }),
    })
    .nullable(),
  issued_at: instant.nullable(),
  expires_at: instant.nullable(),
}

export const Verification = z
  .object({
    valid: z.boolean(),
    reason: z.enum(['valid', 'expired', 'tampered', 'unknown', 'revoked', 'superseded']),
    ...verified,
    digest: z.string().nullable().meta({ description: 'SHA-256 of the official data, as printed on the transcript.' }),
  })
  .meta({ id: 'Verification' })

export type Verification = z.output<typeof Verification>

export const TranscriptIssue = z
  .object({
    id: z.string(),
    student_id: id,
    language: transcriptLanguage,
    digest: z.string(),
    issued_at: instant,
    expires_at: instant,
    revoked_at: instant.nullable(),
  })
  .meta({ id: 'TranscriptIssue' })
