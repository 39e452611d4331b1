import type { SQLWrapper } from 'drizzle-orm'
import * as z from 'zod'
import type { Phrase } from '#/platform/errors.ts'
import { said } from '#/platform/validation/said.ts'
import { type Filters, filterShape } from './filters.ts'
import type { Orderings } from './orderings.ts'

export const searchParameter = z.string().max(200).optional().meta({
  description:
    'Words that must all occur; case, accents and alphabet (Latin, Greek, Cyrillic, Georgian) do not matter.',
})

export interface ListQuery {
  page: number
  page_size: number
  cursor?: string | undefined
  count: 'true' | 'false' | 'exact'
  ordering?: string | undefined
  search?: string | undefined
}

/** What every list takes. */
const paging = z.strictObject({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1).meta({ description: 'Page number, from 1.' }),
  page_size: z.coerce.number().int().min(1).max(200).default(50).meta({ description: 'Rows per page.' }),
  cursor: z
    .string()
    .max(4000)
    .optional()
    .meta({ description: '`next_cursor` of the page before: constant cost at any depth.' }),
  count: z.enum(['true', 'false', 'exact']).default('true').meta({
    description: '`false` leaves out the total; `exact` counts beyond 10,000 where there are conditions, too.',
  }),
})

interface Asking {
  filters: Filters
  orderings: Orderings
  defaultOrdering: string
  search?: SQLWrapper
  /** What a search does not look through, for who reads its description. */
  searchNote?: string
  texts?: readonly SQLWrapper[]
}

/** The schema of a list's parameters. */
export function querySchema({
  filters,
  orderings,
  defaultOrdering,
  search,
  searchNote,
  texts,
}: Asking): z.ZodType<ListQuery> {
  const field = `-?(?:${Object.keys(orderings).join('|')})`
  const own = {
    ordering: z
      .string()
      .regex(said(new RegExp(`^${field}(?:,${field}){0,3}$`), ofOrdering(Object.keys(orderings))))
      .optional()
      .meta({ description: `Fields, \`-\` for descending. Default \`${defaultOrdering}\`.` }),
    ...((search ?? texts) && {
      search: searchNote
        ? searchParameter.meta({
            ...searchParameter.meta(),
            description: `${searchParameter.description} ${searchNote}`,
          })
        : searchParameter,
    }),
  }
  return paging.extend({ ...own, ...filterShape(filters) }) as unknown as z.ZodType<ListQuery>
}

const ofOrdering = (fields: readonly string[]): Phrase => ({
  en: `must be one to four of ${fields.join(', ')}, with commas between and - for descending`,
  el: `πρέπει να είναι ένα έως τέσσερα από τα ${fields.join(', ')}, με κόμματα ανάμεσα και - για φθίνουσα σειρά`,
})
