import * as z from 'zod'
import { BulkReport } from '#/platform/bulk.ts'
import { email, id, instant, optional, exactlyOneOf } from '#/platform/fields.ts'
import { documentLanguage } from '#/paperwork/official-document/schema.ts'
import { transcriptJobStates } from '#/platform/words.ts'

export const TranscriptOrder = z
  .strictObject({
    student_id: id,
    language: documentLanguage.optional().meta({ description: 'Default: the language of Accept-Language.' }),
    email: optional(email).meta({
      description: 'Is sent a link to the file when that is ready. It works for seven days and without an account.',
    }),
  })
  .meta({ id: 'TranscriptOrder' })

export const batchLimit = 500

export const TranscriptBatch = exactlyOneOf(
  z.strictObject({
    student_ids: z.array(id).min(1).max(batchLimit).optional(),
    section_id: id.optional().meta({ description: 'Everybody who sits in it or has completed it.' }),
    program_id: id.optional().meta({ description: 'Everybody in it.' }),
    language: documentLanguage.optional().meta({ description: 'Default: the language of Accept-Language.' }),
  }),
  ['student_ids', 'section_id', 'program_id'],
).meta({ id: 'TranscriptBatch' })

const ofStudent = {
  student_id: id,
  student_number: z.string().nullable().meta({ description: 'Null of an unknown one.' }),
}

/** A bulk report with a job for each student whose transcript is ordered. */
export const TranscriptBatchReport = BulkReport.extend({
  errors: z.array(z.object({ index: z.int(), ...ofStudent, code: z.string(), message: z.string() })),
  jobs: z.array(z.object({ ...ofStudent, job_id: z.string() })),
}).meta({ id: 'TranscriptBatchReport' })

const status = z.enum(transcriptJobStates.words)
export const TranscriptAccepted = z.object({ job_id: z.string(), status }).meta({ id: 'TranscriptAccepted' })

export const TranscriptJob = z
  .object({
    id: z.string(),
    student_id: id,
    student_number: z.string().nullable(),
    student_name: z.string().nullable(),
    language: documentLanguage,
    status,
    attempts: z.int(),
    error_code: z.string().nullable(),
    issue_id: z.string().nullable(),
    requested_by: id.nullable(),
    requested_by_name: z.string().nullable(),
    created_at: instant,
    finished_at: instant.nullable(),
  })
  .meta({ id: 'TranscriptJob' })
