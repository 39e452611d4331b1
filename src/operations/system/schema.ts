import * as z from 'zod'
import { instant } from '#/platform/fields.ts'

const state = z.enum(['ok', 'down'])
const status = z.enum(['ok', 'degraded', 'unhealthy']).meta({
  description: '`unhealthy`: the database is down. `degraded`: another part is.',
})

export const Health = z
  .object({
    status,
    version: z.string(),
    components: z.object({ database: state, queue: state, storage: state, rate_limiter: state }),
  })
  .meta({ id: 'Health' })

const component = z.object({ state, latency_ms: z.int() })
const seconds = z.int().min(0)

/** What cannot be found out is null. */
export const HealthDetails = z
  .object({
    status,
    version: z.string(),
    checked_at: instant,
    components: z.object({ database: component, queue: component, storage: component, rate_limiter: component }),
    migrations: z
      .object({
        applied: z.int(),
        newest: z.string().nullable(),
        pending: z.array(z.string()).meta({ description: 'Came with this deployment and are not applied yet.' }),
      })
      .nullable(),
    last_backup: z
      .object({ name: z.string(), finished_at: instant, age_seconds: seconds })
      .nullable()
      .meta({ description: 'The newest complete one.' }),
    queue: z
      .object({
        backlog: z.int().nullable().meta({ description: 'Messages in the queue.' }),
        outbox: z.int().meta({ description: 'Messages that the queue has not been given yet.' }),
        outbox_oldest_seconds: seconds.nullable(),
        dead_letters: z.int().meta({ description: 'Given up, and not sent again since.' }),
        newest_dead_letter_at: instant.nullable(),
      })
      .nullable(),
    slowest_queries: z
      .array(z.object({ query: z.string(), runs: z.int(), max_ms: z.number(), rows_read: z.int() }))
      .nullable()
      .meta({ description: 'Of the last hour, slowest first: who asked, the verb and the first table.' }),
  })
  .meta({ id: 'HealthDetails' })

export const Live = z.object({ status: z.literal('ok'), version: z.string() }).meta({ id: 'Live' })

export const Welcome = z
  .object({ name: z.string(), api: z.string(), reference: z.string(), openapi: z.string(), health: z.string() })
  .meta({ id: 'Welcome' })
