import * as z from 'zod'
import { id, line } from '#/platform/fields.ts'

/** In the order in which hits of equal worth are answered. */
export const types = ['students', 'courses', 'sections', 'programs'] as const
export type Type = (typeof types)[number]

const q = line(200).meta({
  description:
    'Words that must all occur; case, accents and alphabet (Latin, Greek, Cyrillic, Georgian) do not matter.',
  examples: ['papadopoulos'],
})
const someTypes = z.array(z.enum(types)).min(1).max(types.length)
const mostHits = z.int().min(1).max(50)
const limitNote = { description: 'Hits of each type at most.' }

export const SearchQuery = z.strictObject({
  q,
  types: z
    .string()
    .transform((text) => text.split(','))
    .pipe(someTypes)
    .optional()
    .meta({
      override: { type: 'string' },
      description: `Where to look, separated by commas: ${types.join(', ')}. Default: everywhere.`,
      examples: ['students,courses'],
    }),
  limit: z.coerce.number().pipe(mostHits).default(10).meta(limitNote),
})

export const SearchInput = z
  .strictObject({
    q,
    types: someTypes.optional().meta({ description: 'Where to look. Default: everywhere.' }),
    limit: mostHits.default(10).meta(limitNote),
  })
  .meta({ id: 'SearchInput' })

export const SearchHits = z
  .object({
    hits: z.array(
      z.object({
        type: z.enum(types),
        id,
        title: z.string(),
        subtitle: z.string(),
        match: z
          .enum(['prefix', 'partial'])
          .meta({ description: 'prefix: every word begins a word there; partial: one of them only occurs inside.' }),
      }),
    ),
  })
  .meta({ id: 'SearchHits', description: 'Prefixes first, then by type.' })
