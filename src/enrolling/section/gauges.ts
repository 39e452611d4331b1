import { eq, inArray, sql } from 'drizzle-orm'
import { term } from '#/catalog/term/table.ts'
import { counted } from '#/platform/gauge/gauge.ts'
import { section } from './table.ts'

export const gauges = [
  counted({
    name: 'open_term_enrollments',
    help: 'Seats taken in sections of terms that are open.',
    query: (db) =>
      db
        .select({ found: sql<number>`coalesce(sum(${section.seats_taken}), 0)` })
        .from(section)
        .where(inArray(section.term_id, db.select({ id: term.id }).from(term).where(eq(term.status, 'open')))),
  }),
]
