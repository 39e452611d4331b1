import { count, min } from 'drizzle-orm'
import { counted, gauge, secondsSince } from '#/platform/gauge/gauge.ts'
import { outbox } from './table.ts'

export const gauges = [
  counted({
    name: 'outbox_messages',
    help: 'Messages that were written and not sent to the queue yet.',
    query: (db) => db.select({ found: count() }).from(outbox),
  }),
  gauge({
    name: 'outbox_oldest_age_seconds',
    help: 'How long the oldest of them has waited; 0 when there is none.',
    query: (db) => db.select({ found: min(outbox.created_at) }).from(outbox),
    value: (oldest, now) => (oldest ? secondsSince(oldest, now) : 0),
  }),
]
