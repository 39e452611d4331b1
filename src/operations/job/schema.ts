import * as z from 'zod'
import { instant } from '#/platform/fields.ts'

export const Job = z
  .object({
    name: z.string().meta({ examples: ['sweep-outbox'] }),
    cron: z.string().meta({ examples: ['*/5 * * * *'] }),
    next_run_at: instant.nullable(),
    status: z.enum(['never_run', 'running', 'ok', 'failed', 'died']).meta({
      description: 'How the last run ended. `died`: it began, and neither ended nor can still be at work.',
    }),
    started_at: instant.nullable(),
    finished_at: instant.nullable(),
    duration_ms: z.int().nullable(),
    handled: z.int().nullable().meta({ description: 'Rows, files or messages, whatever the job counts.' }),
    error_code: z.string().nullable(),
    succeeded_at: instant.nullable().meta({ description: 'When a run last ended well.' }),
  })
  .meta({ id: 'Job' })
