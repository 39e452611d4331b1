import { count, eq } from 'drizzle-orm'
import { counted } from '#/platform/gauge/gauge.ts'
import { deadLetter } from './table.ts'

export const gauges = [
  counted({
    name: 'dead_letters',
    help: 'Messages on record that the queue gave up on.',
    query: (db) => db.select({ found: count() }).from(deadLetter).where(eq(deadLetter.status, 'dead')),
  }),
]
