import * as z from 'zod'
import { code, date, id, instant, instantIn, lifecycle, line, optional, patchOf, warned } from '#/platform/fields.ts'
import { accepted } from '#/catalog/clash/index.ts'
import { termStates } from '#/platform/words.ts'

const fields = {
  code: code(20),
  name: line(100),
  name_el: optional(line(100)),
  start_date: date,
  end_date: date.meta({ description: 'After start_date; the term lasts 400 days at most.' }),
  status: z.enum(termStates).default('open').meta({ description: 'A closed term takes no enrollments.' }),
  enrollment_opens_at: optional(instantIn).meta({ description: 'By the end of the term.' }),
  enrollment_closes_at: optional(instantIn).meta({ description: 'After opening, by the end of the term.' }),
  drop_deadline: optional(date).meta({
    description: 'Last day, inside the term, on which a drop leaves no trace on the transcript.',
  }),
  withdraw_deadline: optional(date).meta({
    description: 'Last day to withdraw, which yields a W; inside the term, not before drop_deadline.',
  }),
  turnstile_pace: optional(z.int().min(1).max(60_000)).meta({
    description:
      'How many students a minute the turnstile lets in to enroll by themselves; 600 is a good beginning. Null: there is no turnstile. The registry passes without it.',
  }),
}

export const TermInput = z.strictObject(fields).meta({ id: 'TermInput' })
export const TermChanges = patchOf(TermInput).meta({ id: 'TermChanges' })
export const Term = z
  .object({
    id,
    ...fields,
    enrollment_opens_at: optional(instant),
    enrollment_closes_at: optional(instant),
    ...lifecycle,
  })
  .meta({ id: 'Term' })

/** The answer to a new one. */
export const CreatedTerm = Term.extend(warned).meta({ id: 'CreatedTerm' })

/** The answer to a change. */
export const ChangedTerm = Term.extend(accepted).meta({ id: 'ChangedTerm' })
