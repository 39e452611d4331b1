import * as z from 'zod'
import { date, id } from '#/platform/fields.ts'
import { clashKinds } from '#/platform/words.ts'

/** So many people of a clash are named. */
export const mostNamed = 50
/** So many clashes are listed. */
export const mostListed = 200

const Clash = z
  .object({
    kind: z.enum(clashKinds).meta({ description: 'What would be in two places at once.' }),
    of_section_id: id.meta({ description: 'The section whose time or people change.' }),
    of_section_number: z.string(),
    of_course_code: z.string().meta({ description: 'Of the section whose time or people change.' }),
    section_id: id.meta({ description: 'The section that meets at the same time.' }),
    section_number: z.string(),
    course_code: z.string().meta({ description: 'Of that section.' }),
    date: date.meta({ description: 'The first day on which both meet.' }),
    from: z.string().meta({ description: 'Local time, HH:MM, from which on both meet.' }),
    to: z.string(),
    room: z.string().nullable().meta({ description: 'Where both meet, for a clash of rooms.' }),
    count: z.int().min(1).meta({ description: 'How many students or instructors; 1 for a room.' }),
    ids: z.array(id).max(mostNamed).meta({
      description: 'Of these students, or of the accounts of these instructors: the first 50. None for a room.',
    }),
  })
  .meta({ id: 'Clash' })

/** What a write that changes times or people takes beside its body. */
export const AcceptClashes = z.strictObject({
  accept_clashes: z
    .stringbool({ truthy: ['true'], falsy: ['false'] })
    .default(false)
    .meta({ description: '`true` writes although sections clash, and lists the clashes in the answer.' }),
})
export type AcceptClashes = z.output<typeof AcceptClashes>

/** What its answer adds. */
export const accepted = {
  clashes: z.array(Clash).max(mostListed).optional().meta({
    description: 'With `accept_clashes=true`: what was accepted, 200 at most.',
  }),
}

/** That as long as nothing clashes. */
export const noneOf = ({ accept_clashes }: AcceptClashes) => (accept_clashes ? { clashes: [] } : {})
