import * as z from 'zod'
import { id, instant } from '#/platform/fields.ts'
import { deadLetterStates } from '#/platform/words.ts'

export const DeadLetter = z
  .object({
    id,
    type: z.string().meta({ examples: ['transcript.render'] }),
    status: z.enum(deadLetterStates).meta({ description: '`retried`: sent again, and not dead again so far.' }),
    message: z
      .record(z.string(), z.union([z.string(), z.int()]))
      .nullable()
      .meta({ description: 'What it is about, by id; null when this release does not understand it.' }),
    deaths: z.int(),
    failed_at: instant,
    retried_at: instant.nullable(),
    retried_by: id.nullable(),
    retried_by_name: z.string().nullable(),
  })
  .meta({ id: 'DeadLetter' })
