import * as z from 'zod'
import { email, id, instant, optional } from '../../fields.ts'

export const transcriptLanguage = z.enum(['en', 'el'])

export const TranscriptOrder = z
  .strictObject({
    student_id: id,
    language: transcriptLanguage.optional().meta({ description: 'Default: the language of Accept-Language.' }),
    email: optional(email),
  })
  .meta({ id: 'TranscriptOrder' })

const status = z.enum(['queued', 'rendering', 'ready', 'failed'])
export const TranscriptAccepted = z.object({ job_id: z.string(), status }).meta({ id: 'TranscriptAccepted' })

export const TranscriptJob = z
  .object({
    id: z.string(),
    student_id: id,
    language: transcriptLanguage,
    status,
    attempts: z.int(),
    error_code: z.string().nullable(),
    issue_id: z.string().nullable(),
    created_at: instant,
    finished_at: instant.nullable(),
  })
  .meta({ id: 'TranscriptJob' })

export const Verification = z
  .object({
    valid: z.boolean(),
    reason: z.enum(['valid', 'expired', 'tampered', 'unknown', 'revoked', 'superseded']),
    institution: z.object({ en: z.string(), el: z.string() }),
    holder: z
      .object({
        initials: z.string(),
        student_number: z.string().meta({ description: 'All but the last digits masked.' }),
      })
      .nullable(),
    issued_at: instant.nullable(),
    expires_at: instant.nullable(),
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
