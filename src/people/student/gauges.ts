import { count } from 'drizzle-orm'
import { counted } from '#/platform/gauge/gauge.ts'
import { student } from './table.ts'

export const gauges = [
  counted({
    name: 'students',
    help: 'Students on record.',
    query: (db) => db.select({ found: count() }).from(student),
  }),
]
