import * as z from 'zod'
import { id, instant } from '#/platform/fields.ts'

export const TurnstilePlace = z
  .object({
    term_id: id,
    state: z.enum(['off', 'none', 'waiting', 'admitted']).meta({
      description:
        '`off`: the term has no turnstile, and nobody waits. `none`: no place was taken, or it is over. `waiting`: the turn has not come. `admitted`: it has.',
    }),
    position: z.int().nullable().meta({ description: 'Of a place that waits, from 1. Those who left count, too.' }),
    wait_seconds: z.int().nullable().meta({ description: 'Until the turn comes, at the present pace.' }),
    admission: z.string().nullable().meta({
      description:
        'Once the turn has come: what lets the account enroll in sections of the term, as `X-Turnstile`. Several go with commas between.',
    }),
    admitted_until: instant.nullable().meta({ description: 'When the admission, and with it the place, is over.' }),
    waiting: z.int().meta({ description: 'How many wait for their turn.' }),
  })
  .meta({ id: 'TurnstilePlace' })
