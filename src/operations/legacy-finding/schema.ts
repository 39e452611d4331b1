import * as z from 'zod'
import { id } from '#/platform/fields.ts'
import { legacyKinds } from '#/platform/words.ts'

export const LegacyFinding = z
  .object({
    kind: z.enum(legacyKinds),
    id: id.meta({ description: 'Of the row.' }),
    entity: z.string().meta({ description: 'What the row is, such as `enrollment`.' }),
    text: z.string().meta({ description: 'In the language that was asked for.' }),
  })
  .meta({ id: 'LegacyFinding' })
